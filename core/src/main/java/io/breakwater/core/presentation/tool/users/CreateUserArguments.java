package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Pattern;

/** The arguments of {@code create_user}. */
record CreateUserArguments(
        @Description(UserDescriptions.NAME) @Length(min = 1, max = UserDescriptions.MAX_NAME_LENGTH)
        String name,

        @Description(UserDescriptions.EMAIL)
        @Length(max = UserDescriptions.MAX_EMAIL_LENGTH)
        @Pattern(UserDescriptions.EMAIL_PATTERN)
        String email) {}
