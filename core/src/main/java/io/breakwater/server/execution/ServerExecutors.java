package io.breakwater.server.execution;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The source of all threads and of the clock of a server; no other class of core creates a thread or reads a clock.
 *
 * <p>Work runs in one of three {@linkplain ExecutionMode execution modes}. In addition a single daemon thread, the
 * sweeper, runs timed tasks: {@link #scheduleRepeatedly} and {@link #schedule}. These tasks must be short and start
 * longer work on another executor. The sweeper is meant for dozens of tasks, not for one per call.
 *
 * <p>Every executor throws {@link java.util.concurrent.RejectedExecutionException} when it is full or closed. Clients
 * see this as an overload, never as an internal error.
 *
 * <p>An application with its own threads or another clock implements this interface and gives it to the server; others
 * use {@link #standard()}. A server closes its executors when it is closed. Implementations are thread-safe.
 */
public interface ServerExecutors extends AutoCloseable {

    /** Returns the executor that starts each task on a virtual thread of its own. */
    Executor virtualThreads();

    /** Returns the bounded pool of platform threads; it rejects tasks when its bounded queue is full. */
    Executor cpuPool();

    /** Runs the task repeatedly, each time {@code pause} after its end. A task that throws is run again. */
    Scheduled scheduleRepeatedly(Duration pause, Runnable task);

    /** Runs the task once, after the delay. */
    Scheduled schedule(Duration delay, Runnable task);

    /** Returns the clock for the time of day. */
    InstantSource clock();

    /** Returns nanoseconds since a fixed point, for measuring elapsed time. */
    long nanoTime();

    /**
     * Accepts no more tasks, gives running tasks a short time to end, and then interrupts them. Returns within a few
     * seconds in any case; a second call does nothing.
     */
    @Override
    void close();

    /** Returns the executor of an execution mode. */
    default Executor on(ExecutionMode mode) {
        return switch (mode) {
            case INLINE -> Runnable::run;
            case VIRTUAL -> virtualThreads();
            case CPU -> cpuPool();
        };
    }

    /**
     * Creates executors with threads of their own, as many for computation as there are processors, and the system
     * clock.
     */
    static ServerExecutors standard() {
        return new OwnedExecutors(ExecutorSettings.standard());
    }

    /** A scheduled task. */
    @FunctionalInterface
    interface Scheduled {
        /** Stops further runs; a run in progress is not interrupted. */
        void cancel();
    }
}
