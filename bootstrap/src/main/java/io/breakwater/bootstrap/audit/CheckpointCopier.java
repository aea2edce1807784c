package io.breakwater.bootstrap.audit;

import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.port.support.Backoff;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies checkpoints to one destination, in the background. Only the newest one waits, because it fixes all entries that
 * older ones fix: while an attempt runs, or while the destination is not available, a newer checkpoint takes the place of
 * the waiting one. Attempts that fail are repeated with growing pauses. Thread-safe.
 */
@OutageBehavior(
        guard = "audit log",
        dependency = GuardDependency.CHECKPOINT_DESTINATION,
        failure = "down",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Calls continue and are recorded. The newest checkpoint waits, so evidence outside the folder is late.",
        recovery = "The newest checkpoint is copied within a minute. It fixes all entries before it.",
        signal = "health cause `audit.checkpoint-webhook` or `audit.checkpoint-store` after five minutes;"
                + " `mcp_audit_checkpoint_waiting_seconds`",
        details = "audit.md#copies-of-checkpoints")
@OutageBehavior(
        guard = "audit log",
        dependency = GuardDependency.CHECKPOINT_DESTINATION,
        failure = "refusing a checkpoint",
        effect = OutageEffect.DEGRADE,
        behavior = "Calls continue and are recorded. The store refuses checkpoints of a log that was rewritten.",
        recovery = "Correct the address or the token, or examine the log.",
        signal = "health cause `audit.checkpoint-webhook` or `audit.checkpoint-store` at once",
        details = "audit.md#copies-of-checkpoints")
final class CheckpointCopier {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    /** An outage of this length does not degrade the server: no entry is lost, only its evidence is late. */
    static final Duration TOLERATED = Duration.ofMinutes(5);

    /** The maximum time for one attempt. */
    static final Duration ATTEMPT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCopier.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final CheckpointDestination destination;
    private final ServerExecutors executors;
    private final CheckSignal signal = new CheckSignal();
    private final AtomicLong copied = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private @Nullable SignedCheckpoint waiting; // guarded by this
    private long waitingSince; // guarded by this
    private boolean running; // guarded by this
    private boolean closed; // guarded by this
    private boolean ended; // whether the owner waits no more, and may have closed the connections; guarded by this
    private boolean lastAttempt; // whether one more attempt follows the running one; guarded by this
    private ServerExecutors.@Nullable Scheduled retry; // guarded by this
    private Duration pause = FIRST_PAUSE; // guarded by this
    private @Nullable Outage outage; // guarded by this

    /**
     * The attempts since the last success.
     *
     * @param since when the first of them failed
     * @param reason why the latest one failed
     * @param isReported whether the health report tells of it, which does not end before a copy succeeds
     */
    private record Outage(long since, PortException reason, boolean isReported) {
        /** An error of the configuration does not end by itself, so it is reported at once. */
        static Outage after(@Nullable Outage before, PortException reason, long now) {
            long since = before == null ? now : before.since();
            return new Outage(
                    since,
                    reason,
                    (before != null && before.isReported())
                            || reason instanceof PortException.RefusedException
                            || isLong(since, now));
        }

        private static boolean isLong(long since, long now) {
            return now - since >= TOLERATED.toNanos();
        }

        boolean isReportedAt(long now) {
            return isReported || isLong(since, now);
        }
    }

    CheckpointCopier(CheckpointDestination destination, ServerExecutors executors) {
        this.destination = destination;
        this.executors = executors;
    }

    /** Copies a checkpoint later, in place of the one that waits. Never blocks. */
    synchronized void offer(SignedCheckpoint checkpoint) {
        if (closed) {
            return; // the next start offers it again
        }
        if (waiting == null) {
            waitingSince = executors.nanoTime();
        }
        waiting = checkpoint;
        if (retry == null) {
            start();
        }
    }

    /** The timer cannot be cancelled any more while it waits for the monitor. */
    private synchronized void startRetry() {
        if (!closed) {
            start();
        }
    }

    /** There is one attempt at a time. */
    private synchronized void start() {
        if (running) {
            return;
        }
        retry = null;
        running = true;
        try {
            executors.virtualThreads().execute(this::run);
        } catch (RejectedExecutionException closing) {
            running = false;
        }
    }

    private void run() {
        boolean succeeded = false;
        try {
            var newest = newest();
            succeeded = newest == null || copy(newest);
        } finally {
            finish(succeeded);
        }
    }

    private synchronized @Nullable SignedCheckpoint newest() {
        return waiting;
    }

    private synchronized void finish(boolean succeeded) {
        running = false;
        notifyAll();
        if (ended) {
            return;
        }
        if (waiting != null && (succeeded || lastAttempt)) { // it arrived meanwhile
            lastAttempt = false;
            start();
        } else if (waiting != null && !closed) {
            retry = executors.schedule(Backoff.jittered(pause, RandomGenerator.getDefault()), this::startRetry);
            pause = Backoff.next(pause, MAX_PAUSE);
        }
    }

    private boolean copy(SignedCheckpoint checkpoint) {
        try {
            destination.copy(checkpoint, CallContext.background("audit-checkpoint", ATTEMPT));
            onCopied(checkpoint);
            return true;
        } catch (PortException unavailable) {
            onFailed(unavailable);
        } catch (RuntimeException fault) {
            if (hasEnded()) { // the connections are closed
                LOG.debug("The last attempt to copy a checkpoint of the audit log was aborted.", fault);
                return false;
            }
            LOG.error("A checkpoint of the audit log could not be copied because of a bug.", fault);
            onFailed(new PortException.UnavailableException("The attempt failed unexpectedly.", null, fault));
        }
        return false;
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private void onCopied(SignedCheckpoint checkpoint) {
        copied.incrementAndGet();
        boolean recovered;
        synchronized (this) {
            waitingSince = executors.nanoTime();
            waiting = checkpoint.equals(waiting) ? null : waiting;
            pause = FIRST_PAUSE;
            recovered = outage != null;
            outage = null;
        }
        if (recovered) {
            signal.send();
        }
    }

    private void onFailed(PortException reason) {
        failed.incrementAndGet();
        boolean changed;
        synchronized (this) {
            if (ended) {
                return;
            }
            var before = outage;
            var now = Outage.after(before, reason, executors.nanoTime());
            outage = now;
            changed = before == null || before.isReported() != now.isReported();
        }
        LOG.debug("A checkpoint of the audit log could not be copied ({}).", destination.setting(), reason);
        if (changed) {
            signal.send();
        }
    }

    // ---- operation --------------------------------------------------------------------------------------------------

    /** Returns the dependency for the health report. */
    Dependency dependency() {
        return new Dependency(destination.setting(), Dependency.Need.OPTIONAL, context -> probe(), signal);
    }

    private synchronized void probe() {
        var current = outage;
        if (current != null && current.isReportedAt(executors.nanoTime())) {
            throw new PortException.UnavailableException(
                    "Checkpoints of the audit log cannot be copied: "
                            + current.reason().getMessage(),
                    null,
                    null);
        }
    }

    /** Registers the metrics. */
    void bindTo(MetricSink metrics) {
        var label = Map.of("destination", destination.label());
        countCopies(metrics, "ok", copied);
        countCopies(metrics, "failed", failed);
        metrics.gauge(
                "mcp_audit_checkpoint_waiting_seconds",
                "Time for which checkpoints of the audit log have waited to be copied; 0 if none waits.",
                label,
                this::waitingSeconds);
    }

    private void countCopies(MetricSink metrics, String result, AtomicLong count) {
        metrics.counter(
                "mcp_audit_checkpoint_copies_total",
                "Attempts to copy a checkpoint of the audit log.",
                Map.of("destination", destination.label(), "result", result),
                count::get);
    }

    private synchronized double waitingSeconds() {
        return waiting == null ? 0 : (executors.nanoTime() - waitingSince) / NANOS_PER_SECOND;
    }

    /** Starts a last attempt to copy the checkpoint that waits, and repeats it no more. */
    synchronized void beginClose() {
        closed = true;
        if (retry != null) {
            retry.cancel();
        }
        if (running) {
            lastAttempt = true;
        } else if (waiting != null) {
            start();
        }
    }

    /**
     * Waits until the last attempt has ended.
     *
     * @param end the latest time, on the clock {@link System#nanoTime}
     */
    synchronized void awaitClose(long end) {
        try {
            for (long left = end - System.nanoTime(); running && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        if (waiting != null) {
            LOG.warn(
                    "The last checkpoint of the audit log was not copied ({}). It is copied at the next start.",
                    destination.setting());
        }
    }
}
