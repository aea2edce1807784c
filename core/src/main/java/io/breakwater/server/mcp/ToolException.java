package io.breakwater.server.mcp;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a handler reports to its caller. It becomes a tool result with {@code isError: true}. The caller
 * receives the message unchanged; the cause goes only to the log.
 */
public final class ToolException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;
    private final boolean hadNoEffect;

    /** Creates a failure that a retry would not solve. */
    public ToolException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    /**
     * Creates a failure.
     *
     * @param retryAfter the time after which a retry may succeed, or null if a retry does not help or the time is
     *     unknown
     * @param cause the cause, for the log only
     */
    public ToolException(ErrorCode code, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        this(code, message, retryAfter, cause, false);
    }

    private ToolException(
            ErrorCode code,
            @Nullable String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause,
            boolean hadNoEffect) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
        this.hadNoEffect = hadNoEffect;
    }

    /**
     * Returns this failure with the statement that the call certainly had no effect, for a code such as {@link
     * ErrorCode#EXTERNAL_ERROR} that does not say so by itself. The idempotency key of the call is then free again.
     */
    public ToolException withoutEffect() {
        return new ToolException(code, getMessage(), retryAfter, getCause(), true);
    }

    /** Returns the reason for the failure. */
    public ErrorCode code() {
        return code;
    }

    /** Returns the time after which a retry may succeed, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Returns true if the handler states that the call had no effect. */
    public boolean hadNoEffect() {
        return hadNoEffect;
    }
}
