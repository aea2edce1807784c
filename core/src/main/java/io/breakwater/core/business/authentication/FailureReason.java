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
