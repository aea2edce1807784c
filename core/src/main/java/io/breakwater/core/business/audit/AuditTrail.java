package io.breakwater.core.business.audit;

import io.breakwater.port.AuditEntry;
import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.AuditLog;
import io.breakwater.port.driven.AuditLog.Durability;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.port.support.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries to the audit log. {@link #record} only adds an entry to a queue, which is written a moment later, many
 * entries at once. {@link #recordDurably} waits until the entry is on the disk; all calls that wait at the same time
 * share one write.
 *
 * <p>While the log cannot be written, entries wait in the queue, {@link #recordDurably} fails at once, and the log is
 * tried again after a pause, so the trail recovers by itself. A write that takes longer than a call may wait for it counts
 * as a failure until it ends, because a disk that hangs throws no exception. Thread-safe.
 */
@OutageBehavior(
        guard = "audit log",
        dependency = GuardDependency.AUDIT_FOLDER,
        failure = "frozen",
        effect = OutageEffect.DENY,
        behavior =
                "A call that may change data waits until its deadline, but at most 10 s, and is then refused. When a "
                        + "write has taken 10 s, the log counts as failing, and `audit.on-failure` decides.",
        recovery = "Calls continue when the write ends.",
        signal = "health cause `audit`; `mcp_audit_failing`, `mcp_audit_queue`",
        details = "audit.md#while-the-log-cannot-be-written")
@OutageBehavior(
        guard = "audit log",
        dependency = GuardDependency.AUDIT_FOLDER,
        failure = "away for more than 8,192 entries",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Further entries of calls that continue are lost. The log then has an entry `lost` with their number.",
        recovery = "The waiting entries are written.",
        signal = "`mcp_audit_lost_total`",
        details = "audit.md#while-the-log-cannot-be-written")
public final class AuditTrail implements AutoCloseable {
    static final Duration BATCH_DELAY = Duration.ofMillis(100);
    static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);

    private final AuditLog log;
    private final AuditThreads threads;
    private final AuditQueue queue = new AuditQueue();
    private final CheckSignal signal = new CheckSignal();
    private final AtomicLong written = new AtomicLong();
    private volatile @Nullable PortException failure; // of the last write
    private volatile @Nullable Long writeBegan; // on the clock of the threads; null while no write runs
    private Writer writer = Writer.IDLE; // guarded by this
    private long schedules; // the number of the current timer, which makes older ones void; guarded by this
    private boolean closed; // guarded by this
    private Duration pause = FIRST_PAUSE; // used by the writer only

    /** What the writer does. */
    private enum Writer {
        IDLE,
        /** It starts when the delay or the pause has passed. */
        SCHEDULED,
        RUNNING
    }

    /** Creates a trail. */
    public AuditTrail(AuditLog log, AuditThreads threads) {
        this.log = log;
        this.threads = threads;
    }

    /** Returns the digest of arguments in canonical form. */
    public String digest(byte[] arguments) {
        return log.digest(arguments);
    }

    /** Returns the present time. */
    public Instant now() {
        return threads.now();
    }

    /** Returns true while the log cannot be written. */
    public boolean isFailing() {
        return failure() != null;
    }

    /** Returns why the log cannot be written; null while it can. */
    private @Nullable PortException failure() {
        var began = writeBegan;
        return began != null && threads.nanoTime() - began > MAX_WAIT.toNanos()
                ? new PortException.UnavailableException(
                        "The audit log has not accepted an entry for " + MAX_WAIT.toSeconds()
                                + " s: check its file system.",
                        null,
                        null)
                : failure;
    }

    /** Adds an entry, which is written later. Never blocks; if the queue is full, the entry is lost and counted. */
    public void record(AuditEntry entry) {
        int queued = queue.add(new AuditQueue.Item(entry, null));
        if (queued == 1) {
            schedule(BATCH_DELAY);
        } else if (queued == AuditQueue.MAX_BATCH && failure == null) {
            startNow();
        }
    }

    /**
     * Writes an entry, and returns when it is on the disk. Blocks.
     *
     * @throws PortException if the log cannot be written, or not in time; then the call must not continue
     */
    public void recordDurably(AuditEntry entry, CallContext context) {
        var failed = failure();
        if (failed != null) {
            throw failed;
        }
        if (isClosed()) {
            throw new PortException.UnavailableException("The server is closing.", null, null);
        }
        var durable = new CompletableFuture<Void>();
        if (queue.add(new AuditQueue.Item(entry, durable)) < 0) {
            throw new PortException.UnavailableException("Too many entries wait for the audit log.", null, null);
        }
        startNow();
        await(durable, context.remaining().compareTo(MAX_WAIT) < 0 ? context.remaining() : MAX_WAIT);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static void await(CompletableFuture<Void> durable, Duration time) {
        try {
            durable.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PortException refused
                    ? refused
                    : new IllegalStateException("The audit log failed with a bug.", e.getCause());
        } catch (TimeoutException late) {
            throw new PortException.UnavailableException("The audit log did not respond in time.", null, late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PortException.UnavailableException("The call ended before it was recorded.", null, stopped);
        }
    }

    // ---- the writer -------------------------------------------------------------------------------------------------

    private synchronized void schedule(Duration delay) {
        if (writer == Writer.IDLE && !closed) {
            writer = Writer.SCHEDULED;
            long number = ++schedules;
            submit(() -> threads.after(delay, () -> startScheduled(number)));
        }
    }

    private synchronized void startScheduled(long number) {
        if (writer == Writer.SCHEDULED && number == schedules) {
            startNow();
        }
    }

    private synchronized void startNow() {
        if (writer != Writer.RUNNING && !closed) {
            writer = Writer.RUNNING;
            submit(() -> threads.start(this::runWriter));
        }
    }

    /** The server is closing if it rejects the writer; {@link #close} writes the rest. */
    private void submit(Runnable start) {
        try {
            start.run();
        } catch (RejectedExecutionException closing) {
            writer = Writer.IDLE;
        }
    }

    /** Entries that arrive meanwhile wait for the next batch: batches of a few entries would cost much more. */
    private void runWriter() {
        boolean failed = false;
        try {
            do {
                failed = !writeBatch();
            } while (!failed && queue.isUrgent());
        } finally {
            finishRun(failed);
        }
    }

    private void finishRun(boolean failed) {
        synchronized (this) {
            writer = Writer.IDLE;
        }
        if (failed) {
            schedule(pause);
            pause = Backoff.next(pause, MAX_PAUSE);
        } else if (queue.isUrgent()) { // an entry arrived after the last batch
            startNow();
        } else if (!queue.isEmpty()) {
            schedule(BATCH_DELAY);
        }
    }

    /** Writes the next entries; returns false if the log did not accept them. */
    private boolean writeBatch() {
        var batch = queue.take(threads.now());
        try {
            append(batch);
        } catch (PortException unavailable) {
            return postpone(batch, unavailable);
        } catch (RuntimeException fault) {
            return postpone(
                    batch, new PortException.UnavailableException("The audit log failed unexpectedly.", null, fault));
        }
        written.addAndGet(batch.items().size());
        batch.items().forEach(item -> {
            if (item.durable() != null) {
                item.durable().complete(null);
            }
        });
        setFailure(null);
        return true;
    }

    private void append(AuditQueue.Batch batch) {
        writeBegan = threads.nanoTime();
        try {
            log.append(batch.entries(), batch.mustBeDurable() ? Durability.MACHINE : Durability.PROCESS);
        } finally {
            writeBegan = null;
        }
    }

    /** Keeps the entries for a later attempt, and fails the calls that wait for theirs. */
    private boolean postpone(AuditQueue.Batch batch, PortException failure) {
        queue.putBack(batch, failure);
        queue.failWaiting(failure);
        setFailure(failure);
        return false;
    }

    private void setFailure(@Nullable PortException now) {
        boolean changed = (failure == null) != (now == null);
        failure = now;
        if (now == null) {
            pause = FIRST_PAUSE;
        }
        if (changed) {
            signal.send();
        }
    }

    // ---- operation --------------------------------------------------------------------------------------------------

    /** Returns the dependency for the health report, which tells since when and why the log cannot be written. */
    public Dependency dependency() {
        return new Dependency("audit", Dependency.Need.OPTIONAL, context -> probe(), signal);
    }

    private void probe() {
        var reason = failure();
        if (reason != null) {
            throw reason;
        }
    }

    /** Registers the metrics. */
    public void bindTo(MetricSink metrics) {
        metrics.counter("mcp_audit_entries_total", "Entries in the audit log.", Map.of(), written::get);
        metrics.counter(
                "mcp_audit_lost_total", "Entries that the audit log did not accept.", Map.of(), queue::totalLost);
        metrics.gauge("mcp_audit_queue", "Entries that wait for the audit log.", Map.of(), queue::size);
        metrics.gauge(
                "mcp_audit_failing",
                "1 while the audit log cannot be written, otherwise 0.",
                Map.of(),
                () -> isFailing() ? 1 : 0);
    }

    /** Writes the queued entries, within a few seconds, and accepts no more. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        var done = new CountDownLatch(1);
        try {
            threads.start(() -> {
                writeRest();
                done.countDown();
            });
            if (!done.await(LAST_WRITE.toMillis(), TimeUnit.MILLISECONDS)) {
                queue.failWaiting(new PortException.UnavailableException("The server is closing.", null, null));
            }
        } catch (RejectedExecutionException closing) {
            writeRest();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeRest() {
        while (!queue.isEmpty() && writeBatch()) {
            // the next batch
        }
    }
}
