package io.breakwater.core.data.access;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of work in the background.
 *
 * @param end its deadline on the clock {@code nanos}
 * @param nanos the clock in nanoseconds
 */
record PollContext(long end, LongSupplier nanos) implements CallContext {

    static PollContext within(Duration time, LongSupplier nanos) {
        return new PollContext(nanos.getAsLong() + time.toNanos(), nanos);
    }

    @Override
    public String requestId() {
        return "revocations";
    }

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
        // It is never cancelled before its deadline, which the store observes itself.
    }
}
