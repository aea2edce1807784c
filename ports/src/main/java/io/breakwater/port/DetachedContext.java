package io.breakwater.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of work that a call must complete, even if the call itself has ended.
 *
 * @param call the call, whose ids appear in logs
 * @param remaining the time for each operation
 */
record DetachedContext(CallContext call, Duration remaining) implements CallContext {

    @Override
    public String requestId() {
        return call.requestId();
    }

    @Override
    public @Nullable String traceParent() {
        return call.traceParent();
    }

    @Override
    public @Nullable CallerToken callerToken() {
        return call.callerToken();
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void onCancel(Runnable action) {
        // It is never cancelled.
    }
}
