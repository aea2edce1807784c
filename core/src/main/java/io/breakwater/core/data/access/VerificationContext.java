package io.breakwater.core.data.access;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The context of a verification, which several calls may share, so it has no request id of its own. */
final class VerificationContext implements CallContext {
    private final LongSupplier nanos;
    private final long deadline;
    private final List<Runnable> actions = new ArrayList<>(); // guarded by this
    private boolean cancelled; // guarded by this

    VerificationContext(LongSupplier nanos, Duration timeout) {
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + timeout.toNanos();
    }

    @Override
    public String requestId() {
        return "authentication";
    }

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - nanos.getAsLong()));
    }

    @Override
    public boolean cancelled() {
        return isCancelled() || remaining().isZero();
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    void cancel() {
        List<Runnable> pending;
        synchronized (this) {
            cancelled = true;
            pending = List.copyOf(actions);
            actions.clear();
        }
        pending.forEach(Runnable::run);
    }
}
