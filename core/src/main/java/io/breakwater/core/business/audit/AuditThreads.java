package io.breakwater.core.business.audit;

import java.time.Duration;
import java.time.Instant;

/** The threads and the clock for the audit trail. Thread-safe. */
public interface AuditThreads {

    /**
     * Starts a task that may block, on a thread of its own.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server is closing
     */
    void start(Runnable task);

    /**
     * Runs a short task once, after a delay.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server is closing
     */
    void after(Duration delay, Runnable task);

    /** Returns the time of day. */
    Instant now();

    /** Returns a time in nanoseconds that only grows, for intervals. */
    long nanoTime();
}
