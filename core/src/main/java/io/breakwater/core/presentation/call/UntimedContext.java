package io.breakwater.core.presentation.call;

import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A context that all access to stores in memory shares: they never block, so they need no deadline. */
record UntimedContext(String requestId, Duration remaining) implements CallContext {

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void onCancel(Runnable action) {}
}
