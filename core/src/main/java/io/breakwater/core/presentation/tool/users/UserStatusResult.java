package io.breakwater.core.presentation.tool.users;

import io.breakwater.port.driven.UserStore.User;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;

/** The result of the tools for one user. */
record UserStatusResult(
        @Description("What the tool did.") Status status,

        @Description("The user as it is now; a deleted user as it was.")
        UserResult user) {

    /** What a tool did. */
    enum Status {
        @Name("created")
        CREATED,
        @Name("found")
        FOUND,
        @Name("updated")
        UPDATED,
        @Name("deleted")
        DELETED
    }

    static UserStatusResult of(Status status, User user) {
        return new UserStatusResult(status, UserResult.of(user));
    }
}
