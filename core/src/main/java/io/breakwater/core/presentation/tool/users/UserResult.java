package io.breakwater.core.presentation.tool.users;

import io.breakwater.port.driven.UserStore.User;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Instant;

/** A user, as the tools return it. */
record UserResult(
        @Description(UserDescriptions.ID) @Name("user_id") long userId,

        @Description("The user's name.") String name,

        @Description("The user's email address.") String email,

        @Description(UserDescriptions.VERSION) long version,

        @Description("The time at which the user was created.") @Name("created_at")
        Instant createdAt,

        @Description("The time at which the user was last changed.") @Name("updated_at")
        Instant updatedAt) {

    static UserResult of(User user) {
        return new UserResult(user.id(), user.name(), user.email(), user.version(), user.createdAt(), user.updatedAt());
    }
}
