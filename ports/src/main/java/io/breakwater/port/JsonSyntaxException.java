package io.breakwater.port;

import java.io.Serial;

/** A text is not JSON. The message says what is wrong and at which character. */
public final class JsonSyntaxException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int offset;

    JsonSyntaxException(String message, int offset) {
        super(message + " at character " + (offset + 1) + ".");
        this.offset = offset;
    }

    /** The index of the character that does not fit, from 0. */
    public int offset() {
        return offset;
    }
}
