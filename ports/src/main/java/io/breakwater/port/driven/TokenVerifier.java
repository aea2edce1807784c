package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import io.breakwater.port.Principal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of one or more issuers: signed ones (RFC 7519, RFC 9068), or opaque ones that the issuer knows
 * (RFC 7662). The work has two steps, so that a caller without a valid token causes little of it: {@link #inspect} uses
 * neither cryptography nor the network, and {@link Candidate#verify} may use both. Thread-safe. Contract:
 * {@code TokenVerifierContract}.
 */
public interface TokenVerifier {

    /**
     * Checks what costs little: the size and shape of the token, whether the algorithm and the key are known, the
     * issuer, the audience, and whether it has expired. Never blocks.
     */
    Inspection inspect(String token);

    /** The result of the checks that cost little. */
    sealed interface Inspection permits NotRecognized, Rejected, Candidate {}

    /**
     * The token is not of a kind or issuer that this verifier knows; another verifier may know it.
     *
     * @param reason why, as a sentence for the log; empty if there is nothing to say
     */
    record NotRecognized(String reason) implements Inspection {
        /** Refuses a missing reason. */
        public NotRecognized {
            requireNonNull(reason, "NotRecognized.reason must not be null.");
        }

        /** Creates a result without a reason. */
        public NotRecognized() {
            this("");
        }
    }

    /**
     * The token is certainly not valid.
     *
     * @param reason why, as a sentence for the log; it must not contain the token
     */
    record Rejected(String reason) implements Inspection, Verification {
        /** Refuses a missing reason. */
        public Rejected {
            requireNonNull(reason, "Rejected.reason must not be null.");
        }
    }

    /** A token that may be valid. */
    non-sealed interface Candidate extends Inspection {
        /**
         * Verifies the signature, or asks the issuer. May block, for at most the time that remains of the context.
         * Never throws for a token that is not valid.
         */
        Verification verify(CallContext context);
    }

    /** The result of a verification. */
    sealed interface Verification permits Valid, Rejected, Unavailable {}

    /**
     * The token is valid.
     *
     * @param principal the identity and rights that it gives
     * @param expires when it expires
     * @param tokenId its identifier for revocation ({@code jti}); empty if it has none
     * @param verifyAgain when this result is too old to be used, because the issuer may have revoked the token since; a
     *     caller may verify the token again earlier
     * @param keyThumbprint the thumbprint (RFC 7638) of the key to which the token is bound (RFC 9449 section 6); null
     *     if it is not bound
     */
    record Valid(
            Principal principal,
            Instant expires,
            String tokenId,
            Instant verifyAgain,
            @Nullable String keyThumbprint) implements Verification {
        /** A token that is not bound to a key, and whose verification has the same result until it expires. */
        public Valid(Principal principal, Instant expires, String tokenId) {
            this(principal, expires, tokenId, expires, null);
        }

        /** Refuses null, except for the thumbprint. */
        public Valid {
            requireNonNull(verifyAgain, "Valid.verifyAgain must not be null.");
            requireNonNull(principal, "Valid.principal must not be null.");
            requireNonNull(expires, "Valid.expires must not be null.");
            requireNonNull(tokenId, "Valid.tokenId must not be null.");
        }
    }

    /**
     * The verification is not possible at present, for example because the issuer cannot be reached. The token is then
     * not accepted.
     *
     * @param reason why, as a sentence for the log
     * @param retryAfter the time after which a retry may succeed
     */
    record Unavailable(String reason, Duration retryAfter) implements Verification {
        /** Refuses null. */
        public Unavailable {
            requireNonNull(reason, "Unavailable.reason must not be null.");
            requireNonNull(retryAfter, "Unavailable.retryAfter must not be null.");
        }
    }
}
