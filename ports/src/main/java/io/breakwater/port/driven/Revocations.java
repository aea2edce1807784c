package io.breakwater.port.driven;

import io.breakwater.port.CallContext;

/**
 * The tokens that were revoked before they expired. The server asks for each call, also when it has the result of an
 * earlier verification, so a revoked token is refused as soon as the source knows. Thread-safe. Contract:
 * {@code RevocationsContract}.
 */
@FunctionalInterface
public interface Revocations {
    /** No token is revoked. */
    Revocations NONE = token -> false;

    /**
     * Returns whether the token is revoked. Never blocks: a source with a file or a service keeps its list in memory,
     * which is at most one second old. If it throws, the token is not accepted.
     */
    boolean isRevoked(TokenVerifier.Valid token);

    /**
     * Waits until the source can decide about this token, for at most the time that remains of the context. The server
     * calls it on a thread that may block, after it has verified a token and before it asks whether the token is
     * revoked, so that a server that has just started does not refuse tokens only because the list is not loaded yet.
     * Does nothing by default. If the source is not ready in time, {@link #isRevoked} says so.
     */
    default void awaitReady(TokenVerifier.Valid token, CallContext context) {}
}
