package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks.Status;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.server.mcp.McpException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The terminal state of a task.
 *
 * @param status a terminal status
 * @param message a message for display, or null
 * @param outcome the result or the JSON-RPC error, or null
 */
record TaskEnding(
        Status status, @Nullable String message, @Nullable Json outcome) {
    private static final String NO_ROOM =
            "The task has ended, but the server has no capacity to store its result. Call the"
                    + " tool without a task, or try again later.";

    static final TaskEnding CANCELLED = new TaskEnding(Status.CANCELLED, null, null);

    /** Takes the place of an outcome for which the store has no capacity. */
    static final TaskEnding NO_CAPACITY = failed(McpException.INTERNAL_ERROR, NO_ROOM, null);

    static TaskEnding failed(int code, String message, @Nullable Json data) {
        var error = Json.object()
                .put("code", code)
                .put("message", message)
                .putIfPresent("data", data)
                .build();
        return new TaskEnding(Status.FAILED, message, error);
    }

    Task applyTo(Task task, Instant now) {
        return task.asEnded(status, message, outcome, now);
    }
}
