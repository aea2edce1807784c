package io.breakwater.core.data.database;

import io.breakwater.port.CallScope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A part of a call that must not take all the time the call has.
 *
 * @param call which call
 * @param most how long at most
 */
record Brief(CallScope call, Duration most) implements CallScope {

    @Override
    public String requestId() {
        return call.requestId();
    }

    @Override
    public @Nullable String traceParent() {
        return call.traceParent();
    }

    @Override
    public Duration remaining() {
        var left = call.remaining();
        return left.compareTo(most) < 0 ? left : most;
    }

    @Override
    public boolean cancelled() {
        return call.cancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        call.onCancel(action);
    }
}
