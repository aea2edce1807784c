package io.breakwater.core.presentation.call;

import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.mcp.McpException;
import java.io.Serial;

/** A message that does not get as far as being a call: an error, and how a transport shows it. */
public final class RejectedMessageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ReplyStatus status;
    private final McpException error;

    /** With the error to send. */
    public RejectedMessageException(ReplyStatus status, McpException error) {
        super(error.getMessage(), null, false, false);
        this.status = status;
        this.error = error;
    }

    /** The message is not what the protocol asks for. */
    public static RejectedMessageException malformed(int code, String message) {
        return new RejectedMessageException(ReplyStatus.MALFORMED, new McpException(code, message));
    }

    /** How it is shown. */
    public ReplyStatus replyStatus() {
        return status;
    }

    /** What is sent. */
    public McpException error() {
        return error;
    }
}
