package io.breakwater.core.data.quota;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of a settlement, which belongs to no single call.
 *
 * @param end its end on the clock {@code nanos}
 * @param nanos the clock in nanoseconds
 */
record SettlementContext(long end, LongSupplier nanos) implements CallContext {

    static SettlementContext within(Duration timeout, LongSupplier nanos) {
        return new SettlementContext(nanos.getAsLong() + timeout.toNanos(), nanos);
    }

    @Override
    public String requestId() {
        return "quota-settlement";
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
        return false;
    }

    @Override
    public void onCancel(Runnable action) {
        // A settlement ends within its timeout.
    }
}
