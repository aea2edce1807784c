package io.breakwater.core.presentation.call;

import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The context of access to a store for a message that is not a call, or not one yet. It has the time of a call. A
 * client that disconnects does not cancel it, since a legacy message takes effect nevertheless.
 */
final class StoreContext implements CallContext {
    private final CallRuntime runtime;
    private final long number;
    private final long deadline;

    StoreContext(CallRuntime runtime) {
        this.runtime = runtime;
        this.number = runtime.ids().next();
        this.deadline =
                runtime.executors().nanoTime() + runtime.limits().deadline().toNanos();
    }

    @Override
    public String requestId() {
        return runtime.ids().text(number);
    }

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - runtime.executors().nanoTime()));
    }

    @Override
    public boolean cancelled() {
        return remaining().isZero();
    }

    /** Never runs the action: only the deadline ends this context, and stores know it from the beginning. */
    @Override
    public void onCancel(Runnable action) {}
}
