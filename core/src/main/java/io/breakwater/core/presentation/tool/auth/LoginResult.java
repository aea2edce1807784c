package io.breakwater.core.presentation.tool.auth;

import io.breakwater.core.business.authentication.LoginOutcome.LoggedIn;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Instant;
import java.util.List;

/** The result of {@code login}. Its text form is masked. */
record LoginResult(
        @Description("What the tool did.") Status status,

        @Description("The access token; send it as Authorization: Bearer <token>.")
        String token,

        @Description("The time at which the token expires.") @Name("expires_at")
        Instant expiresAt,

        @Description("The name of the account.") String user,

        @Description("The roles of the account.") List<String> permissions) {

    /** What the tool did. */
    enum Status {
        @Name("logged_in")
        LOGGED_IN
    }

    static LoginResult of(LoggedIn login) {
        return new LoginResult(
                Status.LOGGED_IN,
                login.token().token(),
                login.token().expires(),
                login.account(),
                login.roles().stream().sorted().toList());
    }

    @Override
    public String toString() {
        return "LoginResult[******]";
    }
}
