package io.breakwater.core.presentation.json;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The bytes are not a JSON-RPC message. */
public final class MalformedMessageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient @Nullable RequestId id;

    MalformedMessageException(int code, String message, @Nullable RequestId id) {
        super(message, null, false, false);
        this.code = code;
        this.id = id;
    }

    /** Returns the JSON-RPC error code: -32700 if the bytes are not JSON, -32600 if the JSON is not a message. */
    public int code() {
        return code;
    }

    /** Returns the id of the message, or null if it could not be read. */
    public @Nullable RequestId id() {
        return id;
    }
}
