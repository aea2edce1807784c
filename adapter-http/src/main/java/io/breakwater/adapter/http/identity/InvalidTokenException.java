package io.breakwater.adapter.http.identity;

import io.breakwater.port.driven.TokenVerifier.Rejected;
import java.io.Serial;

/**
 * A token is not valid. The message is a sentence for the log. Of the token, it contains at most the claims
 * {@code iss} and {@code aud}, the key id and the algorithm, all of them shortened, and its times.
 */
final class InvalidTokenException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidTokenException(String reason) {
        // No stack trace: a flood of forged tokens must cost little.
        super(reason, null, false, false);
    }

    Rejected rejected() {
        return new Rejected(String.valueOf(getMessage()));
    }

    /** Throws the exception if the token is not valid. */
    static void check(boolean valid, String reason) throws InvalidTokenException {
        if (!valid) {
            throw new InvalidTokenException(reason);
        }
    }
}
