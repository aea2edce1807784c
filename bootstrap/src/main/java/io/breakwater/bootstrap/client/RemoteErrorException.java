package io.breakwater.bootstrap.client;

import java.io.Serial;

/** The server answered, with an error. */
public final class RemoteErrorException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int code;

    RemoteErrorException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The JSON-RPC error code, or the HTTP status of an answer that was no JSON-RPC. */
    public int code() {
        return code;
    }
}
