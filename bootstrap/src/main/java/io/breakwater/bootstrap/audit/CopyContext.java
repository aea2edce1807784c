package io.breakwater.bootstrap.audit;

import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of an attempt to copy a checkpoint.
 *
 * @param end its deadline on the clock {@link System#nanoTime}
 */
record CopyContext(long end) implements CallContext {

    static CopyContext within(Duration time) {
        return new CopyContext(System.nanoTime() + time.toNanos());
    }

    @Override
    public String requestId() {
        return "audit-checkpoint";
    }

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    @Override
    public boolean cancelled() {
        return end - System.nanoTime() <= 0;
    }

    @Override
    public void onCancel(Runnable action) {
        // Only the deadline ends an attempt.
    }
}
