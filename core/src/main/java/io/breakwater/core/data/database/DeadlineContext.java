package io.breakwater.core.data.database;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a call that must not take all the time the call has.
 *
 * @param call which call
 * @param end when it is over, however much time the call has left
 * @param nanos the time
 */
record DeadlineContext(CallContext call, long end, LongSupplier nanos) implements CallContext {

    /** One that begins now and takes no longer than that, whatever it consists of. */
    static DeadlineContext of(CallContext call, Duration most, LongSupplier nanos) {
        return new DeadlineContext(call, nanos.getAsLong() + most.toNanos(), nanos);
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
        var left = call.remaining();
        var most = Duration.ofNanos(end - nanos.getAsLong());
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

    @Override
    public Room reserve(long bytes) {
        return call.reserve(bytes);
    }
}
