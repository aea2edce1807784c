package io.breakwater.core.business.authentication;

/**
 * An access token that is sent with a proof that the sender possesses its key (RFC 9449 section 7).
 *
 * @param token the token
 * @param method the HTTP method of the request; empty if it is not known
 * @param proof the proof
 */
public record BoundToken(String token, String method, String proof) {

    /** Returns a text without the token and the proof. */
    @Override
    public String toString() {
        return "BoundToken[method=" + method + "]";
    }
}
