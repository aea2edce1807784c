package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Pattern;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code update_user}. */
record UpdateUserArguments(
        @Description(UserDescriptions.ID) @Name("user_id") @Min(1)
        long userId,

        @Description("The new name. Omit it to leave the name unchanged.")
        @Length(min = 1, max = UserDescriptions.MAX_NAME_LENGTH)
        @Nullable
        String name,

        @Description("The new email address. Omit it to leave the address unchanged.")
        @Length(max = UserDescriptions.MAX_EMAIL_LENGTH)
        @Pattern(UserDescriptions.EMAIL_PATTERN)
        @Nullable
        String email,

        @Description("The version of the user that you have read. If the user has a newer version, the"
                + " update fails with CONFLICT. Without a version, the update overwrites changes by"
                + " other callers.")
        @Min(1)
        @Nullable
        Long version) {}
