package io.breakwater.core.presentation.call;

import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.mcp.McpException;
import java.io.Serial;

/** Rejects a message before it becomes a call: an error, and the status that the transport sends. */
public final class RejectedMessageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ReplyStatus status;
    private final McpException error;

    /** Creates the exception with the error to send. */
    public RejectedMessageException(ReplyStatus status, McpException error) {
        super(error.getMessage(), null, false, false);
        this.status = status;
        this.error = error;
    }

    /** Creates the exception for a message that violates the protocol. */
    public static RejectedMessageException malformed(int code, String message) {
        return new RejectedMessageException(ReplyStatus.MALFORMED, new McpException(code, message));
    }

    /** The status that the transport sends. */
    public ReplyStatus replyStatus() {
        return status;
    }

    /** The error to send. */
    public McpException error() {
        return error;
    }
}
