package io.breakwater.port.driven;

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
}
