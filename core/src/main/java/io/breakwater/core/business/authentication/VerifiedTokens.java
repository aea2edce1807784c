package io.breakwater.core.business.authentication;

import io.breakwater.port.driven.TokenVerifier.Valid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The results of verifications under the digests of their tokens, limited in number. A caller checks the expiry and the
 * revocation of a token that it finds. Thread-safe; never blocks.
 */
public interface VerifiedTokens {

    /** Returns the last result of that token, or null if there is none. */
    @Nullable
    VerifiedToken find(Sha256Digest digest);

    /** Stores a valid token until it expires. */
    void put(Sha256Digest digest, VerifiedToken token);

    /** Removes a token. */
    void remove(Sha256Digest digest);

    /** Returns whether the verification of that token failed a short time ago. */
    boolean wasRejected(Sha256Digest digest);

    /** Stores for a short time that the verification of a token failed. */
    void reject(Sha256Digest digest);

    /**
     * A token that was valid.
     *
     * @param token the identity that it gives
     * @param verifyAgain when it is verified again, if it has not expired before
     */
    record VerifiedToken(Valid token, Instant verifyAgain) {}
}
