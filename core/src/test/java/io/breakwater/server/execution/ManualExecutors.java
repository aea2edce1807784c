package io.breakwater.server.execution;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Lanes for tests: time passes when told, and tasks wait until they are run, on the thread of the test. */
public final class ManualExecutors implements ServerExecutors {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Due> due = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    private record Due(Duration at, Runnable task) {}

    public ManualExecutors() {}

    /** Runs the tasks of the virtual and the CPU lane, those they start included; how many there were. */
    public int runAll() {
        int count = 0;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            count++;
        }
        return count;
    }

    /** Lets time pass, and runs in its turn what becomes due. */
    public void pass(Duration time) {
        Duration until = passed.plus(time);
        for (Due next = next(until); next != null; next = next(until)) {
            passed = next.at();
            next.task().run();
        }
        passed = until;
    }

    private @Nullable Due next(Duration until) {
        var next = due.stream()
                .filter(one -> one.at().compareTo(until) <= 0)
                .min(Comparator.comparing(Due::at))
                .orElse(null);
        due.remove(next);
        return next;
    }

    @Override
    public Executor virtualThreads() {
        return tasks::add;
    }

    @Override
    public Executor cpuPool() {
        return tasks::add;
    }

    @Override
    public Scheduled scheduleRepeatedly(Duration pause, Runnable task) {
        var round = new Round(pause, task);
        round.plan();
        return () -> round.cancelled = true;
    }

    private final class Round {
        private final Duration pause;
        private final Runnable task;
        private boolean cancelled;

        Round(Duration pause, Runnable task) {
            this.pause = pause;
            this.task = task;
        }

        void plan() {
            schedule(pause, () -> {
                if (!cancelled) {
                    task.run();
                    plan();
                }
            });
        }
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        var planned = new Due(passed.plus(delay), task);
        due.add(planned);
        return () -> due.remove(planned);
    }

    @Override
    public InstantSource clock() {
        return () -> START.plus(passed);
    }

    @Override
    public long nanoTime() {
        return passed.toNanos();
    }

    @Override
    public void close() {
        due.clear();
        tasks.clear();
    }
}
