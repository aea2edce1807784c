package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.presentation.catalog.schema.Description;
import io.breakwater.core.presentation.catalog.schema.Length;
import io.breakwater.core.presentation.catalog.schema.Pattern;

/** What {@code create_user} is called with. */
record CreateUserArguments(
        @Description(UserDescriptions.NAME) @Length(min = 1, max = UserDescriptions.LONGEST_NAME)
        String name,

        @Description(UserDescriptions.EMAIL)
        @Length(max = UserDescriptions.LONGEST_EMAIL)
        @Pattern(UserDescriptions.EMAIL_PATTERN)
        String email) {}
