package io.breakwater.core.business.health;

import java.time.Duration;
import java.time.Instant;

/** The threads and the time that operations needs. Thread-safe. */
public interface Scheduler {

    /**
     * Starts what may block, on a thread of its own.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the server is closing
     */
    void start(Runnable task);

    /**
     * Runs what is quick, once, later.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the server is closing
     */
    void after(Duration delay, Runnable task);

    /** Runs what is quick, again and again. */
    void every(Duration pause, Runnable task);

    /** The time of day. */
    Instant now();

    /** Nanoseconds since some fixed moment. */
    long nanos();
}
