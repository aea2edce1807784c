package io.breakwater.bootstrap.tlog;

import java.io.Serial;

/** A note, a checkpoint or a key is not valid. The message completes a sentence, such as "it has no signature". */
public final class InvalidNoteException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public InvalidNoteException(String message) {
        super(message);
    }

    InvalidNoteException(String message, Throwable cause) {
        super(message, cause);
    }
}
