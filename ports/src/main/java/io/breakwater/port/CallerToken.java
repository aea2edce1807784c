package io.breakwater.port;

import static java.util.Objects.requireNonNull;

/**
 * The access token of the caller of a tool. Its text form does not contain the token.
 *
 * @param principal the {@link Principal#id} of the caller
 * @param value the token, a secret
 */
public record CallerToken(String principal, String value) {

    /** Refuses null. */
    public CallerToken {
        requireNonNull(principal, "CallerToken.principal must not be null.");
        requireNonNull(value, "CallerToken.value must not be null.");
    }

    @Override
    public String toString() {
        return "CallerToken[principal=" + principal + "]";
    }
}
