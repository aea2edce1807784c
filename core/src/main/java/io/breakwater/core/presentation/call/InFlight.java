package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.RequestId;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The calls of one client that a later message may cancel, by their ids. */
public final class InFlight {
    private final ConcurrentHashMap<RequestId, LiveCall> calls = new ConcurrentHashMap<>();

    /** Nothing at work yet. */
    public InFlight() {}

    /** Starts a call and keeps it until it has ended. */
    public void start(LiveCall call) {
        call.start();
        if (!call.settled()) {
            calls.put(call.id(), call);
            call.whenIdle(() -> calls.remove(call.id(), call));
        }
    }

    /** Cancels the call of that id; unknown ones are ignored, as MCP asks (2025-11-25, cancellation). */
    public void cancel(@Nullable RequestId id) {
        var call = id == null ? null : calls.get(id);
        if (call != null) {
            call.abandon();
        }
    }

    /** Cancels everything. */
    public void cancelAll() {
        calls.values().forEach(LiveCall::abandon);
    }

    /** True when nothing is at work. */
    public boolean isEmpty() {
        return calls.isEmpty();
    }
}
