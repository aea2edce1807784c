package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code update_user} is called with. */
record UpdateUserArguments(
        @Description(UserDescriptions.ID) @Name("user_id") @Min(1)
        long userId,

        @Description("The new name; leave it out to keep the old one.")
        @Length(min = 1, max = UserDescriptions.LONGEST_NAME)
        @Nullable
        String name,

        @Description("The new email address; leave it out to keep the old one.")
        @Length(max = UserDescriptions.LONGEST_EMAIL)
        @Pattern(UserDescriptions.EMAIL_PATTERN)
        @Nullable
        String email,

        @Description(
                "The version of the user that you have read. The change is refused when somebody else has changed the"
                        + " user since; without it, it overwrites whatever there is.")
        @Min(1)
        @Nullable
        Long version) {}
