package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Pattern;

/** What {@code create_user} is called with. */
record CreateUserArguments(
        @Description(UserDescriptions.NAME) @Length(min = 1, max = UserDescriptions.LONGEST_NAME)
        String name,

        @Description(UserDescriptions.EMAIL)
        @Length(max = UserDescriptions.LONGEST_EMAIL)
        @Pattern(UserDescriptions.EMAIL_PATTERN)
        String email) {}
