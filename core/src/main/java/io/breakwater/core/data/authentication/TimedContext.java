package io.breakwater.core.data.authentication;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The context of work that belongs to no single call, such as a verification that several calls share. */
final class TimedContext implements CallContext {
    private final String requestId;
    private final LongSupplier nanos;
    private final long deadline;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    /**
     * Creates a context.
     *
     * @param requestId the name of the work, in place of the id of a request
     * @param timeout its time from now on
     * @param nanos the clock in nanoseconds
     */
    TimedContext(String requestId, Duration timeout, LongSupplier nanos) {
        this.requestId = requestId;
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + timeout.toNanos();
    }

    @Override
    public String requestId() {
        return requestId;
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
        return cancelled.isDone() || remaining().isZero();
    }

    /** Runs the action when the work is cancelled; at the deadline only if the work is cancelled then. */
    @Override
    public void onCancel(Runnable action) {
        var unused = cancelled.thenRun(action);
    }

    void cancel() {
        cancelled.complete(null);
    }
}
