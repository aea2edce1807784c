package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Min;
import io.breakwater.core.presentation.catalog.schema.Name;

/** What {@code get_user} is called with. */
record GetUser(
        @Describe(Wording.ID) @Name("user_id") @Min(1) long userId) {}
