package io.breakwater.server;

import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.port.driven.ProofVerifier;

/**
 * Access tokens that are bound to a key of the client (DPoP, RFC 9449). Each request with such a token has a proof that
 * its sender possesses the key, and each proof is accepted once.
 *
 * @param verifier verifies proofs
 * @param required whether only bound tokens are accepted over the network. Bearer tokens and API keys are then refused
 * @param maxProofs the maximum number of used proofs in memory, where each stays for a minute. One principal can have
 *     half of them. A request beyond this limit is refused
 */
public record DpopSettings(ProofVerifier verifier, boolean required, int maxProofs) {
    private static final int DEFAULT_MAX_PROOFS = 200_000;

    /** Refuses a missing verifier, and a limit under which no proof is accepted. */
    public DpopSettings {
        notNull(verifier, "DpopSettings.verifier");
        positive(maxProofs, "DpopSettings.maxProofs");
    }

    /** Bound tokens are accepted beside bearer tokens and API keys; 200,000 used proofs. */
    public static DpopSettings optional(ProofVerifier verifier) {
        return new DpopSettings(verifier, false, DEFAULT_MAX_PROOFS);
    }

    /** Only bound tokens are accepted; 200,000 used proofs. */
    public static DpopSettings required(ProofVerifier verifier) {
        return new DpopSettings(verifier, true, DEFAULT_MAX_PROOFS);
    }

    /** Returns these settings with another maximum number of used proofs. */
    public DpopSettings withMaxProofs(int other) {
        return new DpopSettings(verifier, required, other);
    }
}
