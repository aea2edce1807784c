package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Name;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code delete_user}. */
record DeleteUserArguments(
        @Description(UserDescriptions.ID) @Name("user_id") @Min(1)
        long userId,

        @Description("The version of the user that you have read. If the user has a newer version, the"
                + " deletion fails with CONFLICT.")
        @Min(1)
        @Nullable
        Long version) {}
