package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import org.jspecify.annotations.Nullable;

/** What {@code list_users} is called with. */
record ListUsersArguments(
        @Description("The next_cursor of the page before. Leave it out for the first page.")
        @Length(max = 400)
        @Nullable
        String cursor) {}
