package io.breakwater.core.presentation.json;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Bytes that are no JSON-RPC message. */
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

    /** The JSON-RPC error code: -32700 for no JSON, -32600 for JSON that is no message. */
    public int code() {
        return code;
    }

    /** The message's id as far as it could be read, otherwise null. */
    public @Nullable RequestId id() {
        return id;
    }
}
