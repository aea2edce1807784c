package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code list_users}. */
record ListUsersArguments(
        @Description("The next_cursor of the previous page. Omit it for the first page.") @Length(max = 400) @Nullable
        String cursor) {}
