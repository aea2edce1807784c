package io.breakwater.core.business.authentication;

import io.breakwater.port.driven.TokenIssuer.IssuedToken;
import java.util.Set;

/** The outcome of a login whose password was checked. */
public sealed interface LoginOutcome {

    /**
     * The password is right.
     *
     * @param account the name of the account
     * @param roles its roles
     */
    record LoggedIn(String account, Set<String> roles, IssuedToken token) implements LoginOutcome {}

    /** The name or the password is wrong, or the account is disabled; the caller must not learn which. */
    record WrongCredentials() implements LoginOutcome {}
}
