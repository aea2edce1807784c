package io.breakwater.port.driven;

import static io.breakwater.port.support.SettingChecks.notNull;

import java.time.Instant;
import java.util.List;

/**
 * Verifies proofs that the sender of a request possesses a key (DPoP, RFC 9449). The work has two steps, so that a
 * caller without a valid proof causes little of it: {@link #inspect} uses no signature, and {@link Candidate#verify}
 * does. The caller of this port compares the key with the key of the access token, and refuses a proof that was used
 * before. Thread-safe. Contract: {@code ProofVerifierContract}.
 */
public interface ProofVerifier {

    /** Returns the accepted algorithms of signatures (RFC 7518 section 3.1), all of which use a key pair. */
    List<String> algorithms();

    /**
     * Checks what costs little: the size and shape of the proof, its type, its algorithm and its key, whether it is for
     * this request, and whether it is recent. Never blocks.
     */
    Inspection inspect(String proof, ProvedRequest request);

    /**
     * The request for which a proof must be.
     *
     * @param method the HTTP method, in upper case
     * @param url the URL of the MCP endpoint as clients use it
     * @param token the access token of the request
     */
    record ProvedRequest(String method, String url, String token) {
        /** Refuses null. */
        public ProvedRequest {
            notNull(method, "ProvedRequest.method");
            notNull(url, "ProvedRequest.url");
            notNull(token, "ProvedRequest.token");
        }

        /** Returns a text without the token. */
        @Override
        public String toString() {
            return "ProvedRequest[method=" + method + ", url=" + url + "]";
        }
    }

    /** The result of the checks that cost little. */
    sealed interface Inspection permits Rejected, Candidate {}

    /**
     * The proof is not valid for the request.
     *
     * @param reason why, as a sentence for the sender and the log; it must not contain a part of the proof
     */
    record Rejected(String reason) implements Inspection {
        /** Refuses a missing reason. */
        public Rejected {
            notNull(reason, "Rejected.reason");
        }
    }

    /** A proof that is valid if its signature is. */
    non-sealed interface Candidate extends Inspection {
        /** Returns the thumbprint (RFC 7638) of its key. */
        String keyThumbprint();

        /** Returns its identifier ({@code jti}), which differs for each proof with the same key; never empty. */
        String id();

        /** Returns when it is too old to be accepted. */
        Instant expires();

        /** Returns whether the signature is valid. Computes for up to some milliseconds, and never waits. */
        boolean verify();
    }
}
