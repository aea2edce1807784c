package io.breakwater.bootstrap.config;

/** Which access tokens are accepted over HTTP. */
public enum AcceptedTokens {
    /** Tokens that are not bound to a key (RFC 6750), and API keys. */
    BEARER,
    /** Only tokens that are bound to a key of the client (DPoP, RFC 9449). */
    DPOP,
    /** All of these. */
    BOTH
}
