package io.breakwater.core.data.health;

import io.breakwater.core.business.health.Scheduler;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.time.Instant;

/** Background work on the server's lanes: checks wait on virtual threads, the sweeper keeps the time. */
public final class ExecutorScheduler implements Scheduler {
    private final ServerExecutors lanes;

    /** Works on these lanes. */
    public ExecutorScheduler(ServerExecutors lanes) {
        this.lanes = lanes;
    }

    @Override
    public void start(Runnable task) {
        lanes.virtualThreads().execute(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        lanes.schedule(delay, task);
    }

    @Override
    public void every(Duration pause, Runnable task) {
        lanes.scheduleRepeatedly(pause, task);
    }

    @Override
    public Instant now() {
        return lanes.clock().instant();
    }

    @Override
    public long nanos() {
        return lanes.nanoTime();
    }
}
