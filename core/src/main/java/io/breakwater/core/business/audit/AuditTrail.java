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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
        signal = "`mcp_audit_lost_total`; a warning at the first lost entry, and one with their number afterwards",
        details = "audit.md#while-the-log-cannot-be-written")
@OutageBehavior(
        guard = "audit log",
        dependency = GuardDependency.AUDIT_FOLDER,
        failure = "not writable when the server stops",
        effect = OutageEffect.DEGRADE,
        behavior = "The server tries once more, for at most 5 s. Then the entries that wait are lost, and the process"
                + " exits with 1. Unless `audit.on-failure` is `allow`, the entry before each change of data is on the"
                + " disk.",
        recovery = "Correct the problem before you stop the server.",
        signal = "an error in the server's log with their number; exit code 1",
        details = "audit.md#while-the-log-cannot-be-written")
public final class AuditTrail {
    static final Duration BATCH_DELAY = Duration.ofMillis(100);
    static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    static final Duration MAX_WAIT = Duration.ofSeconds(10);
    static final Duration LAST_WRITE = Duration.ofSeconds(5);

    private final AuditLog log;
    private final AuditThreads threads;
    private final AuditListener listener;
    private final Duration lastWrite;
    private final AuditQueue queue = new AuditQueue();
    private final CheckSignal signal = new CheckSignal();
    private final AtomicLong written = new AtomicLong();
    private volatile @Nullable PortException failure; // of the last write
    private volatile @Nullable Long writeBegan; // on the clock of the threads; null while no write runs
    private volatile boolean slow; // whether the signal was sent that a write takes too long
    private volatile long inFlight; // the entries of the write that runs which wait if it fails
    private final AtomicBoolean watched = new AtomicBoolean(); // whether a timer looks at the write that runs
    private final AtomicBoolean losing = new AtomicBoolean(); // whether the listener knows that entries are lost
    private Writer writer = Writer.IDLE; // guarded by this
    private long schedules; // the number of the current timer, which makes older ones void; guarded by this
    private boolean closed; // guarded by this
    private volatile boolean ended; // whether what was not written by now is lost
    private volatile boolean complete = true;
    private Duration pause = FIRST_PAUSE; // used by the writer only

    /** What the writer does. */
    private enum Writer {
        IDLE,
        /** It starts when the delay or the pause has passed. */
        SCHEDULED,
        RUNNING
    }

    /** Creates a trail. */
    public AuditTrail(AuditLog log, AuditThreads threads, AuditListener listener) {
        this(log, threads, listener, LAST_WRITE);
    }

    /**
     * Creates a trail.
     *
     * @param lastWrite the maximum time for which {@link #close} waits
     */
    AuditTrail(AuditLog log, AuditThreads threads, AuditListener listener, Duration lastWrite) {
        this.log = log;
        this.threads = threads;
        this.listener = listener;
        this.lastWrite = lastWrite;
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
    public @Nullable PortException failure() {
        var began = writeBegan;
        return began != null && threads.nanoTime() - began > MAX_WAIT.toNanos() ? tooSlow(MAX_WAIT) : failure;
    }

    private static PortException tooSlow(Duration time) {
        return new PortException.UnavailableException(
                "The audit log has not accepted an entry for " + time.toSeconds() + " s: check its file system.",
                null,
                null);
    }

    /** Adds an entry, which is written later. Never blocks; if the queue is full, the entry is lost and counted. */
    public void record(AuditEntry entry) {
        int queued = queue.add(new AuditQueue.Item(entry, null));
        if (queued < 0) {
            onLost();
        } else if (queued == 1) {
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
            onLost();
            throw new PortException.UnavailableException("Too many entries wait for the audit log.", null, null);
        }
        startNow();
        await(durable, context.remaining().compareTo(MAX_WAIT) < 0 ? context.remaining() : MAX_WAIT);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void onLost() {
        if (losing.compareAndSet(false, true)) {
            var reason = failure();
            listener.losesEntries(
                    reason == null ? "The log is slower than the calls." : String.valueOf(reason.getMessage()));
        }
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
        becomeIdle();
        if (failed) {
            schedule(pause);
            pause = Backoff.next(pause, MAX_PAUSE);
        } else if (queue.isUrgent()) { // an entry arrived after the last batch
            startNow();
        } else if (!queue.isEmpty()) {
            schedule(BATCH_DELAY);
        }
    }

    private synchronized void becomeIdle() {
        writer = Writer.IDLE;
        notifyAll();
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
        if (batch.lost() > 0) {
            losing.set(false);
            listener.lostEntries(batch.lost());
        }
        batch.items().forEach(item -> {
            if (item.durable() != null) {
                item.durable().complete(null);
            }
        });
        setFailure(null);
        return true;
    }

    private void append(AuditQueue.Batch batch) {
        inFlight = batch.kept();
        writeBegan = threads.nanoTime();
        watch(MAX_WAIT);
        try {
            log.append(batch.entries(), batch.mustBeDurable() ? Durability.MACHINE : Durability.PROCESS);
        } finally {
            writeBegan = null;
            inFlight = 0;
        }
    }

    /** Looks at the write that runs when this time has passed; one timer serves all writes. */
    private void watch(Duration time) {
        if (watched.compareAndSet(false, true)) {
            try {
                threads.after(time.plusMillis(1), this::checkWrite);
            } catch (RejectedExecutionException closing) {
                watched.set(false);
            }
        }
    }

    /** A disk that hangs throws no exception, so the health report would learn of it at its next check only. */
    private void checkWrite() {
        watched.set(false); // first, so that a write that begins now is watched by a timer of its own
        var began = writeBegan;
        if (began == null) {
            return;
        }
        var left = MAX_WAIT.minusNanos(threads.nanoTime() - began);
        if (left.isNegative()) {
            slow = true;
            send();
        } else {
            watch(left);
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
        boolean changed = (failure == null) != (now == null) || slow;
        slow = false;
        failure = now;
        if (now == null) {
            pause = FIRST_PAUSE;
        }
        if (changed) {
            send();
        }
    }

    /** A write that ends after the trail was closed says nothing about calls any more. */
    private void send() {
        if (!ended) {
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

    // ---- the end ----------------------------------------------------------------------------------------------------

    /**
     * Writes the queued entries, within a few seconds, and accepts no more. The listener receives the number of those
     * that could not be written. The writer that runs already may do it, and there is never a second one: it would wait
     * for the same disk.
     *
     * @return true if all entries were written
     */
    public boolean close() {
        if (beginClose()) {
            writeRest();
            discardRest();
        }
        return complete;
    }

    private synchronized boolean beginClose() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    private void writeRest() {
        long end = System.nanoTime() + lastWrite.toNanos();
        if (!awaitWriter(end) || queue.isEmpty()) {
            return;
        }
        setWriter(Writer.RUNNING);
        try {
            threads.start(this::runLastWriter);
        } catch (RejectedExecutionException closing) {
            runLastWriter();
        }
        awaitWriter(end);
    }

    private synchronized void setWriter(Writer now) {
        writer = now;
    }

    private void runLastWriter() {
        try {
            boolean accepted = true;
            while (accepted && !ended && !queue.isEmpty()) {
                accepted = writeBatch();
            }
        } finally {
            becomeIdle();
        }
    }

    /** Returns false if the writer still runs at the end, on the clock {@link System#nanoTime}. */
    private synchronized boolean awaitWriter(long end) {
        try {
            for (long left = end - System.nanoTime(); writer == Writer.RUNNING && left > 0; ) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = end - System.nanoTime();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return writer != Writer.RUNNING;
    }

    private void discardRest() {
        ended = true;
        var failed = failure();
        var reason = failed == null ? tooSlow(lastWrite) : failed;
        queue.failWaiting(new PortException.UnavailableException("The server is closing.", null, null));
        long lost = queue.discard(inFlight);
        if (lost > 0) {
            complete = false;
            listener.lostAtClose(lost, String.valueOf(reason.getMessage()));
        }
    }
}
