package io.breakwater.core.presentation.call;

import io.breakwater.port.Principal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that wait for a human. They hold no permit, so that one who thinks keeps nobody from working; they do hold
 * memory and a thread, so each principal may have only so many.
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
