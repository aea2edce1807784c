package io.breakwater.core.business.health;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A dependency and the latest result of its check. At most one run is in progress at a time. No caller waits for a run
 * that exceeds its timeout, but no other run begins before it ends, so that a dependency that hangs occupies one thread
 * only.
 */
final class MonitoredDependency {
    private final Dependency check;
    private final Duration timeout;
    private final Scheduler scheduler;
    private final HealthListener listener;
    private final AtomicReference<@Nullable CheckRun> running = new AtomicReference<>();
    private volatile CheckReport latest;

    /** True if a run is needed that begins after this was set. */
    private volatile boolean recheck;

    MonitoredDependency(Dependency check, Duration timeout, Scheduler scheduler, HealthListener listener) {
        this.check = check;
        this.timeout = timeout;
        this.scheduler = scheduler;
        this.listener = listener;
        this.latest = CheckReport.unknown(check);
    }

    CheckReport latest() {
        return latest;
    }

    /** Runs {@link #refresh}, unless the latest result is younger than {@code freshness}. */
    CompletionStage<Void> refreshIfOlderThan(Duration freshness) {
        Instant checked = latest.checkedAt();
        boolean fresh = checked != null && checked.plus(freshness).isAfter(scheduler.now());
        return fresh ? CompletableFuture.completedStage(null) : refresh();
    }

    /** Checks the dependency now. A run in progress may have missed the change, so another one follows it. */
    void requestCheck() {
        recheck = true;
        refresh();
    }

    /**
     * Checks the dependency, unless a run is in progress; the stage completes with the run, at its timeout at the
     * latest.
     */
    CompletionStage<Void> refresh() {
        var attempt = new CheckRun(check.name(), timeout, scheduler::nanos);
        CheckRun other = running.compareAndExchange(null, attempt);
        if (other != null) {
            return other.settled();
        }
        recheck = false;
        try {
            scheduler.after(timeout, () -> timeOut(attempt));
            scheduler.start(() -> run(attempt));
        } catch (RejectedExecutionException e) {
            attempt.settle(() -> {});
            running.set(null);
        }
        return attempt.settled();
    }

    private void run(CheckRun attempt) {
        attempt.onCancel(Thread.currentThread()::interrupt);
        try {
            check.probe().probe(attempt);
            attempt.settle(() -> update(report -> report.up(scheduler.now(), attempt.elapsed()), null));
        } catch (Dependency.UnknownStateException unknown) {
            attempt.settle(() -> {});
        } catch (Exception | LinkageError e) {
            attempt.settle(() -> update(report -> report.down(scheduler.now(), reason(e)), e));
        } finally {
            running.set(null);
            if (recheck) {
                refresh();
            }
        }
    }

    private void timeOut(CheckRun attempt) {
        String reason = "It did not answer within " + timeout.toMillis() + " ms.";
        attempt.settle(() -> {
            update(report -> report.down(scheduler.now(), reason), null);
            attempt.cancel();
        });
    }

    private synchronized void update(UnaryOperator<CheckReport> change, @Nullable Throwable cause) {
        CheckReport previous = latest;
        CheckReport now = change.apply(previous);
        latest = now;
        if (previous.state() != now.state() || !Objects.equals(previous.reason(), now.reason())) {
            listener.changed(previous, now, cause);
        }
    }

    private static String reason(Throwable thrown) {
        String message = thrown instanceof PortException ? thrown.getMessage() : null;
        return message == null ? "Its check failed; the log has the cause." : message;
    }
}
