package io.breakwater.bootstrap.client;

import java.io.Serial;

/** Thrown when the server answers with an error. */
public final class RemoteErrorException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int code;

    RemoteErrorException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns the JSON-RPC error code, or the HTTP status of an answer that is not JSON-RPC. */
    public int code() {
        return code;
    }
}
