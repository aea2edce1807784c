package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Length;
import io.breakwater.core.presentation.catalog.schema.Min;
import io.breakwater.core.presentation.catalog.schema.Name;
import io.breakwater.core.presentation.catalog.schema.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code update_user} is called with. */
record UpdateUser(
        @Describe(Wording.ID) @Name("user_id") @Min(1) long userId,

        @Describe("The new name; leave it out to keep the old one.")
        @Length(min = 1, max = Wording.LONGEST_NAME)
        @Nullable
        String name,

        @Describe("The new email address; leave it out to keep the old one.")
        @Length(max = Wording.LONGEST_EMAIL)
        @Pattern(Wording.EMAIL_PATTERN)
        @Nullable
        String email,

        @Describe("The version of the user that you have read. The change is refused when somebody else has changed the"
                + " user since; without it, it overwrites whatever there is.")
        @Min(1)
        @Nullable
        Long version) {}
