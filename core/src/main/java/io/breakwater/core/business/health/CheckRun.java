package io.breakwater.core.business.health;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a health check. It ends with the check or at its timeout, whichever comes first; the other has then no
 * effect. It is also the call context of the check.
 */
final class CheckRun implements CallContext {
    private final String requestId;
    private final LongSupplier nanos;
    private final long began;
    private final Duration timeout;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    CheckRun(String check, Duration timeout, LongSupplier nanos) {
        this.requestId = "check-" + check;
        this.timeout = timeout;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    /** Ends the run and runs the consequence, unless the run has ended already. */
    void settle(Runnable consequence) {
        if (ended.compareAndSet(false, true)) {
            consequence.run();
            settled.complete(null);
        }
    }

    /** Cancels the check, because its result is no longer needed. */
    void cancel() {
        cancelled.complete(null);
    }

    CompletionStage<Void> settled() {
        return settled;
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - began);
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
        Duration remaining = timeout.minus(elapsed());
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    @Override
    public boolean cancelled() {
        return cancelled.isDone() || remaining().isZero();
    }

    @Override
    public void onCancel(Runnable action) {
        var unused = cancelled.thenRun(action);
    }
}
