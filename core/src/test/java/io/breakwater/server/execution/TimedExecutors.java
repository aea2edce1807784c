package io.breakwater.server.execution;

import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lanes for tests of what really waits: work runs on threads of its own, but time passes when told, and what is due
 * runs on the thread of the test.
 */
public final class TimedExecutors implements ServerExecutors {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Due> due = new ArrayList<>(); // guarded by this
    private final AtomicInteger running = new AtomicInteger();
    private volatile long passed;
    private volatile boolean full;

    private record Due(long at, Runnable task) {}

    public TimedExecutors() {}

    /** From now on every executor refuses. */
    public void fill() {
        full = true;
    }

    /** From now on every executor accepts work again. */
    public void makeRoom() {
        full = false;
    }

    /** Lets time pass, and runs in its turn what becomes due. */
    public void pass(Duration time) {
        long until = passed + time.toNanos();
        for (var next = next(until); next != null; next = next(until)) {
            passed = next.at();
            next.task().run();
        }
        passed = until;
    }

    /** Waits until no task runs. */
    public void awaitIdle() {
        awaitRunning(0);
    }

    /** Waits until at most this number of tasks runs. */
    public void awaitRunning(int tasks) {
        Eventually.holds(() -> running.get() <= tasks);
    }

    private synchronized @Nullable Due next(long until) {
        var next = due.stream()
                .filter(one -> one.at() <= until)
                .min(Comparator.comparingLong(Due::at))
                .orElse(null);
        due.remove(next);
        return next;
    }

    @Override
    public Executor virtualThreads() {
        return task -> {
            if (full) {
                throw new RejectedExecutionException("full");
            }
            running.incrementAndGet();
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    running.decrementAndGet();
                }
            });
        };
    }

    @Override
    public Executor cpuPool() {
        return virtualThreads();
    }

    @Override
    public Scheduled scheduleRepeatedly(Duration pause, Runnable task) {
        var cancelled = new AtomicBoolean();
        repeat(pause, task, cancelled);
        return () -> cancelled.set(true);
    }

    private void repeat(Duration pause, Runnable task, AtomicBoolean cancelled) {
        var unused = schedule(pause, () -> {
            if (!cancelled.get()) {
                task.run();
                repeat(pause, task, cancelled);
            }
        });
    }

    @Override
    public synchronized Scheduled schedule(Duration delay, Runnable task) {
        var next = new Due(passed + delay.toNanos(), task);
        due.add(next);
        return () -> cancel(next);
    }

    private synchronized void cancel(Due task) {
        due.remove(task);
    }

    @Override
    public InstantSource clock() {
        return () -> START.plusNanos(passed);
    }

    @Override
    public long nanoTime() {
        return passed;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
