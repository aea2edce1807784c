package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code list_users}. */
record ListUsersResult(
        @Description("The users on this page, in ascending order of user_id.")
        List<UserResult> users,

        @Description("The cursor for the next page; pass it as cursor. Absent on the last page.")
        @Name("next_cursor")
        @Nullable
        String nextCursor) {}
