package io.breakwater.core.business.orders;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of work on an order that goes on although its call has ended, or that belongs to no call.
 *
 * @param requestId the id for logs
 * @param traceParent the trace of the call; null if there is none
 * @param end its end on the clock {@code nanos}
 * @param nanos the clock in nanoseconds
 */
record TimedContext(String requestId, @Nullable String traceParent, long end, LongSupplier nanos)
        implements CallContext {

    /** Returns a context for work that belongs to no call. */
    static CallContext background(Duration time, LongSupplier nanos) {
        return new TimedContext("order-recovery", null, nanos.getAsLong() + time.toNanos(), nanos);
    }

    /** Returns a context for work that a call must complete. */
    static CallContext after(CallContext call, Duration time, LongSupplier nanos) {
        return new TimedContext(call.requestId(), call.traceParent(), nanos.getAsLong() + time.toNanos(), nanos);
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void onCancel(Runnable action) {
        // It ends by its time alone.
    }
}
