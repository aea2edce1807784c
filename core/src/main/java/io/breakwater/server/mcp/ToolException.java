package io.breakwater.server.mcp;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler to tell the caller what went wrong. It becomes a tool result with {@code isError: true}; the
 * message is shown to the caller as it is, the cause only to the log.
 */
public final class ToolException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    /** A failure that another try would not mend. */
    public ToolException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    /**
     * A failure.
     *
     * @param retryAfter when another try makes sense, or null when it does not or nobody knows
     * @param cause for the log only
     */
    public ToolException(ErrorCode code, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The kind of failure. */
    public ErrorCode code() {
        return code;
    }

    /** When another try makes sense, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
