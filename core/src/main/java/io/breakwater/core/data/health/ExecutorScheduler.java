package io.breakwater.core.data.health;

import io.breakwater.core.business.health.Scheduler;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.time.Instant;

/**
 * Runs background work on the executors of the server: checks block virtual threads, and the sweeper runs timed tasks.
 */
public final class ExecutorScheduler implements Scheduler {
    private final ServerExecutors executors;

    /** Uses these executors. */
    public ExecutorScheduler(ServerExecutors executors) {
        this.executors = executors;
    }

    @Override
    public void start(Runnable task) {
        executors.virtualThreads().execute(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        executors.schedule(delay, task);
    }

    @Override
    public void every(Duration pause, Runnable task) {
        executors.scheduleRepeatedly(pause, task);
    }

    @Override
    public Instant now() {
        return executors.clock().instant();
    }

    @Override
    public long nanos() {
        return executors.nanoTime();
    }
}
