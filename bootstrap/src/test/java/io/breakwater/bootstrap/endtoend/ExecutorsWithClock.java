package io.breakwater.bootstrap.endtoend;

import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** The standard executors with another clock. */
record ExecutorsWithClock(ServerExecutors standard, InstantSource clock) implements ServerExecutors {

    ExecutorsWithClock(InstantSource clock) {
        this(ServerExecutors.standard(), clock);
    }

    @Override
    public Executor virtualThreads() {
        return standard.virtualThreads();
    }

    @Override
    public Executor cpuPool() {
        return standard.cpuPool();
    }

    @Override
    public Scheduled scheduleRepeatedly(Duration pause, Runnable task) {
        return standard.scheduleRepeatedly(pause, task);
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return standard.schedule(delay, task);
    }

    @Override
    public long nanoTime() {
        return standard.nanoTime();
    }

    @Override
    public void close() {
        standard.close();
    }
}
