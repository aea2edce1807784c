package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code list_users} gives. */
record ListUsersResult(
        @Description("Users in the order of their numbers.") List<UserResult> users,

        @Description("For the next page: call again with this as cursor. Absent on the last page.")
        @Name("next_cursor")
        @Nullable
        String nextCursor) {}
