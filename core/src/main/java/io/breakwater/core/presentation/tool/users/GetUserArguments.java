package io.breakwater.core.presentation.tool.users;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Name;

/** The arguments of {@code get_user}. */
record GetUserArguments(
        @Description(UserDescriptions.ID) @Name("user_id") @Min(1)
        long userId) {}
