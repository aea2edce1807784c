package io.breakwater.core.data.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.Span;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call context with an earlier deadline, for a part of a call that must not use all of its time.
 *
 * @param call the context of the call
 * @param end the end of this part on the clock {@code nanos}, at most
 * @param nanos the clock in nanoseconds
 */
record DeadlineContext(CallContext call, long end, LongSupplier nanos) implements CallContext {

    /** Creates a context that begins now and has at most the given time. */
    static DeadlineContext of(CallContext call, Duration maxTime, LongSupplier nanos) {
        return new DeadlineContext(call, nanos.getAsLong() + maxTime.toNanos(), nanos);
    }

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
        var callTime = call.remaining();
        var maxTime = Duration.ofNanos(end - nanos.getAsLong());
        return callTime.compareTo(maxTime) < 0 ? callTime : maxTime;
    }

    @Override
    public boolean cancelled() {
        return call.cancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        call.onCancel(action);
    }

    @Override
    public Reservation reserve(long bytes) {
        return call.reserve(bytes);
    }

    @Override
    public Span span(String name) {
        return call.span(name);
    }
}
