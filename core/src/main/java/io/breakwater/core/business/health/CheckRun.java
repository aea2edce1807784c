package io.breakwater.core.business.health;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a check. It is settled by the check's end or by its time limit, whichever comes first; the other one then
 * changes nothing. To the check it is the scope of its work.
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

    /** Does what follows from the first end of this attempt; not when it had ended before. */
    void settle(Runnable consequence) {
        if (ended.compareAndSet(false, true)) {
            consequence.run();
            settled.complete(null);
        }
    }

    /** Tells the check that nobody waits any more. */
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
        Duration left = timeout.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
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
