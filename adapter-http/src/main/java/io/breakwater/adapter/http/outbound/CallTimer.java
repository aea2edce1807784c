package io.breakwater.adapter.http.outbound;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of all steps of a request together, and ends the wait for a step when the call is cancelled. For one
 * thread.
 */
final class CallTimer {
    private final CallContext context;
    private final String origin;
    private final Duration limit;
    private final long start = System.nanoTime();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    /** Starts the time of a request. */
    CallTimer(CallContext context, String origin, Duration limit) {
        this.context = context;
        this.origin = origin;
        this.limit = limit;
        context.onCancel(() -> cancelled.completeExceptionally(new CancellationException()));
    }

    /**
     * Checks that there is time for another step.
     *
     * @throws PortException when the time is over, or the call is cancelled or interrupted
     */
    void check() {
        if (cancelled.isDone()
                || Thread.currentThread().isInterrupted()
                || !context.remaining().isPositive()) {
            throw callEnded(null);
        }
        if (!left().isPositive()) {
            throw timedOut(null);
        }
    }

    private Duration left() {
        return limit.minusNanos(System.nanoTime() - start);
    }

    /**
     * Waits for a step.
     *
     * @throws ExecutionException when the step failed, with the reason as its cause
     * @throws PortException when the time is over or the call is cancelled; the step may continue
     */
    <T> T await(CompletableFuture<T> step) throws ExecutionException {
        if (cancelled.isDone()) {
            throw callEnded(null);
        }
        var left = left();
        var leftOfCall = context.remaining();
        boolean callEndsFirst = leftOfCall.compareTo(left) < 0;
        try {
            long nanos = Math.max(0, (callEndsFirst ? leftOfCall : left).toNanos());
            CompletableFuture.anyOf(step, cancelled).get(nanos, TimeUnit.NANOSECONDS);
            return step.get();
        } catch (TimeoutException e) {
            throw callEndsFirst ? callEnded(e) : timedOut(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw callEnded(e);
        } catch (ExecutionException e) {
            if (step.isDone()) {
                throw e;
            }
            throw callEnded(e);
        }
    }

    private PortException timedOut(@Nullable Exception cause) {
        return new PortException.UnavailableException(
                origin + " did not respond within " + limit.toMillis() + " ms.", null, cause);
    }

    private PortException callEnded(@Nullable Exception cause) {
        return new PortException.DeadlineExceededException("The call ended before " + origin + " responded.", cause);
    }
}
