package io.breakwater.core.business.authentication;

import java.time.Instant;

/**
 * The proofs that were used, until they are too old to be accepted. Their number is limited, and a proof that is still
 * young enough is never removed. Thread-safe; never waits.
 */
public interface UsedProofs {

    /** Returns whether that proof was used. */
    boolean contains(Sha256Digest proof);

    /**
     * Adds a proof that is valid. Of several concurrent calls with the same proof, exactly one adds it.
     *
     * @param proof the digest of its key and identifier
     * @param owner the principal whose proof it is
     * @param expires when it is too old to be accepted
     */
    Result add(Sha256Digest proof, String owner, Instant expires);

    /** What became of a proof. */
    enum Result {
        /** It was not used before. */
        ADDED,
        /** It was used before. */
        USED,
        /** It became too old while it was verified, so an earlier use of it may be forgotten. */
        EXPIRED,
        /** There is no room for it, or not for another one of this principal. */
        FULL
    }
}
