package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Name;
import io.breakwater.port.driven.UserStore.User;
import java.time.Instant;

/** A user. */
record UserResult(
        @Describe(Wording.ID) @Name("user_id") long userId,

        @Describe("The user's name.") String name,

        @Describe("The user's email address.") String email,

        @Describe(Wording.VERSION) long version,

        @Describe("When the user was created.") @Name("created_at")
        Instant createdAt,

        @Describe("When the user was last changed.") @Name("updated_at")
        Instant updatedAt) {

    static UserResult of(User user) {
        return new UserResult(user.id(), user.name(), user.email(), user.version(), user.createdAt(), user.updatedAt());
    }
}
