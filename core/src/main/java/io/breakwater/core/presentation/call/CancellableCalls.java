package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.server.mcp.McpException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one client that a later message may cancel, by their ids. No two of them have the same id: JSON-RPC ids
 * are unique within a session or a connection. Thread-safe.
 */
public final class CancellableCalls {
    private final ConcurrentHashMap<RequestId, ActiveCall> calls = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Creates an empty set of calls. */
    public CancellableCalls() {}

    /**
     * Starts a call and registers it until it has ended. The registration comes first, so that no cancellation misses
     * the call.
     *
     * @throws RejectedMessageException when an earlier call with its id has no outcome yet
     */
    public void start(ActiveCall call) throws RejectedMessageException {
        call.share();
        if (!register(call)) {
            throw RejectedMessageException.malformed(
                    McpException.INVALID_REQUEST,
                    "An earlier request with this id is still running: give each request its own id");
        }
        if (closed) {
            call.abandon();
        }
        call.start();
        call.onStop(() -> calls.remove(call.id(), call));
    }

    /** Replaces a call with the same id if that call has its outcome, even if a thread still works for it. */
    private boolean register(ActiveCall call) {
        var registered =
                calls.compute(call.id(), (id, earlier) -> earlier == null || earlier.settled() ? call : earlier);
        return call.equals(registered);
    }

    /** Cancels the call of that id; unknown ids are ignored, as MCP requires (2025-11-25, cancellation). */
    public void cancel(@Nullable RequestId id) {
        var call = id == null ? null : calls.get(id);
        if (call != null) {
            call.abandon();
        }
    }

    /** Cancels all calls, and every call that starts later. */
    public void cancelAll() {
        closed = true;
        calls.values().forEach(ActiveCall::abandon);
    }

    /** True when no call is running. */
    public boolean isEmpty() {
        return calls.isEmpty();
    }
}
