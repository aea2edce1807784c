package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.presentation.catalog.schema.Description;
import io.breakwater.core.presentation.catalog.schema.Min;
import io.breakwater.core.presentation.catalog.schema.Name;

/** What {@code get_user} is called with. */
record GetUserArguments(
        @Description(UserDescriptions.ID) @Name("user_id") @Min(1)
        long userId) {}
