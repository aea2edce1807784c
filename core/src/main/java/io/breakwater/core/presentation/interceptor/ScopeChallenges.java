package io.breakwater.core.presentation.interceptor;

import java.util.Collection;

/** The values of {@code WWW-Authenticate} for calls that require scopes (RFC 6750 section 3). */
public interface ScopeChallenges {

    /** Returns the challenge to a caller without a credential, which names no error. */
    String withoutCredential(Collection<String> scopes);

    /**
     * Returns the challenge to a caller whose credential lacks scopes.
     *
     * @param scopes all scopes of the operation, and for clients that replace the scopes that they have, those too
     */
    String insufficientScope(Collection<String> scopes);
}
