package io.breakwater.server.execution;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Where a server gets its threads and its time from; nothing else in core makes a thread or reads a clock.
 *
 * <p>Work runs on one of three {@linkplain ExecutionMode lanes}. Beside them a single daemon thread, the sweeper, runs
 * what is due at a time: {@link #scheduleRepeatedly} and {@link #schedule}. What it runs must be quick, and starts
 * anything slower on a lane; it is meant for dozens of tasks, not for one per call.
 *
 * <p>Every executor refuses with {@link java.util.concurrent.RejectedExecutionException} when it is full or closed,
 * which a caller of the server sees as an overload, never as a fault.
 *
 * <p>An application that has threads of its own, or wants another clock, implements this interface and hands it to the
 * server; {@link #standard()} suits the others. A server closes the lanes it was given together with itself.
 * Implementations are thread-safe.
 */
public interface ServerExecutors extends AutoCloseable {

    /** Starts each task on a virtual thread of its own. */
    Executor virtualThreads();

    /** Runs tasks on a bounded pool of platform threads; refuses when its bounded queue is full. */
    Executor cpuPool();

    /** Runs the task again and again, each time {@code pause} after it ended. A task that throws is run again. */
    Scheduled scheduleRepeatedly(Duration pause, Runnable task);

    /** Runs the task once. */
    Scheduled schedule(Duration delay, Runnable task);

    /** The time of day. */
    InstantSource clock();

    /** Nanoseconds since some fixed moment, for measuring what passes between two readings. */
    long nanoTime();

    /**
     * Takes no new work, gives what runs a moment to end, then interrupts it. Returns within a few seconds whatever the
     * tasks do; closing again does nothing.
     */
    @Override
    void close();

    /** The executor of the lane. */
    default Executor on(ExecutionMode lane) {
        return switch (lane) {
            case INLINE -> Runnable::run;
            case VIRTUAL -> virtualThreads();
            case CPU -> cpuPool();
        };
    }

    /** Lanes with threads of their own, as many for computing as there are processors, on the system's clock. */
    static ServerExecutors standard() {
        return new OwnedExecutors(ExecutorSettings.standard());
    }

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Scheduled {
        /** Runs it no more; what is under way ends undisturbed. */
        void cancel();
    }
}
