package io.breakwater.core.presentation.call;

import io.breakwater.port.Principal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the calls that wait for user input. They hold no permit of the concurrency limit, but memory and a thread, so
 * each principal has a limit.
 */
public final class PendingInputs {
    private final int max;
    private final ConcurrentHashMap<String, Integer> waiting = new ConcurrentHashMap<>();

    PendingInputs(int max) {
        this.max = max;
    }

    void acquire(Principal principal) {
        int now = waiting.merge(principal.id(), 1, Integer::sum);
        if (now > max) {
            release(principal);
            throw new ToolException(
                    ErrorCode.OVERLOADED,
                    "Too many of your calls wait for user input; respond to those first.",
                    Duration.ofSeconds(5),
                    null);
        }
    }

    void release(Principal principal) {
        waiting.computeIfPresent(principal.id(), (id, count) -> count == 1 ? null : count - 1);
    }
}
