package io.breakwater.core.business.authentication;

import java.util.Locale;

/** Why a request is not authenticated. The values of the label {@code reason}. */
public enum FailureReason {
    /** The request has no credential, which is how OAuth clients begin. */
    MISSING,
    /** The credential is malformed, or the request has more than one. */
    MALFORMED,
    /** The scheme of {@code Authorization} is not supported. */
    UNSUPPORTED_SCHEME,
    /** There is no API key with this id. */
    UNKNOWN_KEY,
    /** The secret of the API key is wrong. */
    WRONG_SECRET,
    /** The API key or its secret has expired. */
    EXPIRED_KEY,
    /** No verifier knows the kind or the issuer of the token. */
    UNRECOGNIZED_TOKEN,
    /** A check that costs little refused the token: its shape, algorithm, key, issuer, audience or expiry. */
    REJECTED_TOKEN,
    /** The signature is wrong, or the issuer does not know the token. */
    INVALID_TOKEN,
    /** The token was revoked. */
    REVOKED_TOKEN,
    /** The token is bound to a key, and was sent as a bearer token. */
    BOUND_TOKEN,
    /** The token is not bound to a key, and was sent with a proof. */
    UNBOUND_TOKEN,
    /** The token is bound to another key than that of the proof. */
    WRONG_KEY,
    /** The proof is missing, malformed, not for this request, too old, or its signature is wrong. */
    INVALID_PROOF,
    /** The proof was used before. */
    REUSED_PROOF,
    /** There is no memory for another used proof. */
    TOO_MANY_PROOFS,
    /** Too many checks failed before. */
    TOO_MANY_FAILURES,
    /** The credential could not be checked. */
    UNAVAILABLE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the value of the label. */
    public String label() {
        return label;
    }
}
