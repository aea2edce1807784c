package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Length;
import io.breakwater.core.presentation.catalog.schema.Pattern;

/** What {@code create_user} is called with. */
record CreateUser(
        @Describe(Wording.NAME) @Length(min = 1, max = Wording.LONGEST_NAME)
        String name,

        @Describe(Wording.EMAIL) @Length(max = Wording.LONGEST_EMAIL) @Pattern(Wording.EMAIL_PATTERN)
        String email) {}
