package io.breakwater.bootstrap.apikey;

import java.io.Serial;

/** Thrown when the content of an API keys file is not valid. The message is a clause that says where and why. */
final class InvalidKeysFileException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidKeysFileException(String message) {
        super(message);
    }
}
