package io.breakwater.port;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of work that belongs to no call.
 *
 * @param requestId the id of the work in log lines
 * @param end its deadline on the clock {@code nanos}
 * @param nanos the clock in nanoseconds
 */
record BackgroundContext(String requestId, long end, LongSupplier nanos) implements CallContext {

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
    }

    @Override
    public boolean cancelled() {
        return end - nanos.getAsLong() <= 0;
    }

    @Override
    public void onCancel(Runnable action) {
        // Only the deadline ends the work.
    }
}
