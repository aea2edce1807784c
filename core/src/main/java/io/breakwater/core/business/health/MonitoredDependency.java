package io.breakwater.core.business.health;

import io.breakwater.port.PortException;
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
 * A check and what it last found. At most one attempt is under way at a time: one that ignores its time limit is waited
 * for by nobody, but until it ends no further one is begun, so that a hanging dependency costs one thread.
 */
final class MonitoredDependency {
    private final DependencyProbe check;
    private final Duration timeout;
    private final Scheduler background;
    private final HealthListener changes;
    private final AtomicReference<@Nullable CheckRun> underWay = new AtomicReference<>();
    private volatile CheckReport latest;

    /** Whether an attempt is wanted that begins after this was set. */
    private volatile boolean suspected;

    MonitoredDependency(DependencyProbe check, Duration timeout, Scheduler background, HealthListener changes) {
        this.check = check;
        this.timeout = timeout;
        this.background = background;
        this.changes = changes;
        this.latest = CheckReport.unknown(check);
    }

    CheckReport latest() {
        return latest;
    }

    /** As {@link #refresh}, unless the last finding is younger than that. */
    CompletionStage<Void> refreshIfOlderThan(Duration freshness) {
        Instant checked = latest.checkedAt();
        boolean fresh = checked != null && checked.plus(freshness).isAfter(background.now());
        return fresh ? CompletableFuture.completedStage(null) : refresh();
    }

    /** Asks the dependency now; an attempt that is under way may have missed the change, so another one follows it. */
    void requestCheck() {
        suspected = true;
        refresh();
    }

    /**
     * Asks the dependency, unless it is being asked; the stage ends with that attempt, at its time limit at the latest.
     */
    CompletionStage<Void> refresh() {
        var attempt = new CheckRun(check.name(), timeout, background::nanos);
        CheckRun other = underWay.compareAndExchange(null, attempt);
        if (other != null) {
            return other.settled();
        }
        suspected = false;
        try {
            background.after(timeout, () -> timeOut(attempt));
            background.start(() -> run(attempt));
        } catch (RejectedExecutionException e) {
            attempt.settle(() -> {});
            underWay.set(null);
        }
        return attempt.settled();
    }

    private void run(CheckRun attempt) {
        attempt.onCancel(Thread.currentThread()::interrupt);
        try {
            check.run(attempt);
            attempt.settle(() -> found(known -> known.up(background.now(), attempt.elapsed()), null));
        } catch (Exception | LinkageError e) {
            attempt.settle(() -> found(known -> known.down(background.now(), reason(e)), e));
        } finally {
            underWay.set(null);
            if (suspected) {
                refresh();
            }
        }
    }

    private void timeOut(CheckRun attempt) {
        String reason = "It did not answer within " + timeout.toMillis() + " ms.";
        attempt.settle(() -> {
            found(known -> known.down(background.now(), reason), null);
            attempt.cancel();
        });
    }

    private synchronized void found(UnaryOperator<CheckReport> finding, @Nullable Throwable cause) {
        CheckReport before = latest;
        CheckReport now = finding.apply(before);
        latest = now;
        if (before.state() != now.state() || !Objects.equals(before.reason(), now.reason())) {
            changes.changed(before, now, cause);
        }
    }

    private static String reason(Throwable thrown) {
        String message = thrown instanceof PortException ? thrown.getMessage() : null;
        return message == null ? "Its check failed; the log has the cause." : message;
    }
}
