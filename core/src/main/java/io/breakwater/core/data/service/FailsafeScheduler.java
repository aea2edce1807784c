package io.breakwater.core.data.service;

import dev.failsafe.spi.Scheduler;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the attempts of one call on the executors of the server, so that Failsafe needs no threads of its own. The first
 * attempt runs at once on the thread that schedules it, which is the virtual thread of the call, and costs no other thread.
 * Each further attempt runs after its delay, on a virtual thread of its own.
 *
 * <p>A further attempt without a delay must not run on the thread that schedules it: Failsafe then cancels what it
 * scheduled before, and that would be the attempt after this one, so that the call would wait for it until its deadline.
 */
final class FailsafeScheduler implements Scheduler {
    private final ServerExecutors executors;
    private volatile boolean begun;

    FailsafeScheduler(ServerExecutors executors) {
        this.executors = executors;
    }

    @Override
    public ScheduledFuture<?> schedule(Callable<?> callable, long delay, TimeUnit unit) {
        var task = new Task<>(callable);
        if (!begun) {
            begun = true; // Failsafe schedules one attempt after the other
            task.run();
        } else if (delay > 0) {
            task.timer = executors.schedule(
                    Duration.of(delay, unit.toChronoUnit()),
                    () -> executors.virtualThreads().execute(task));
        } else {
            executors.virtualThreads().execute(task);
        }
        return task;
    }

    /** A task, whose delay Failsafe does not ask for. */
    private static final class Task<T> extends FutureTask<T> implements ScheduledFuture<T> {
        private volatile ServerExecutors.Scheduled timer = () -> {};

        Task(Callable<T> callable) {
            super(callable);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            timer.cancel();
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
