package io.breakwater.core.business.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** Time that passes when a test says so, and tasks that wait until a test runs them. */
final class ManualScheduler implements Scheduler {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Runnable> started = new ArrayList<>();
    private final List<Due> due = new ArrayList<>();
    private Duration passed = Duration.ZERO;
    private boolean closed;

    private record Due(Duration at, Runnable task) {}

    /** Runs what was started, on the calling thread; how many tasks that were. */
    int runStarted() {
        var tasks = List.copyOf(started);
        started.clear();
        tasks.forEach(Runnable::run);
        return tasks.size();
    }

    void pass(Duration time) {
        passed = passed.plus(time);
        var now = due.stream().filter(one -> one.at().compareTo(passed) <= 0).toList();
        due.removeAll(now);
        now.forEach(one -> one.task().run());
    }

    void close() {
        closed = true;
    }

    @Override
    public void start(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException();
        }
        started.add(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        due.add(new Due(passed.plus(delay), task));
    }

    @Override
    public void every(Duration pause, Runnable task) {
        after(pause, () -> {
            task.run();
            every(pause, task);
        });
    }

    @Override
    public Instant now() {
        return START.plus(passed);
    }

    @Override
    public long nanos() {
        return passed.toNanos();
    }
}
