package io.breakwater.server;

import io.breakwater.core.presentation.interceptor.ConcurrencyLimiter;
import java.time.Duration;

/**
 * The bounds of a server.
 *
 * @param maxMessageBytes the largest message in bytes
 * @param pageSize items on a page of a list
 * @param concurrency how many calls may be at work at a time
 * @param deadline how long a call may take, the root of every other timeout
 * @param streamAfter after how long an answer that is not ready becomes a stream, as a sign of life
 * @param inputTimeout how long a call waits for its user to answer, beside the deadline
 * @param maxPendingInputs how many calls of one principal may wait for users at a time
 * @param taskTtl how long a task is kept after it began
 * @param listTtl for how long clients may keep a list before they ask again
 */
public record Limits(
        int maxMessageBytes,
        int pageSize,
        int concurrency,
        Duration deadline,
        Duration streamAfter,
        Duration inputTimeout,
        int maxPendingInputs,
        Duration taskTtl,
        Duration listTtl) {

    /** 1 MiB; 100 items; 100 calls for each processor; 30 s; 3 s; 10 min and 100 calls; 1 h; 1 min. */
    public static final Limits STANDARD = new Limits(
            1 << 20,
            100,
            ConcurrencyLimiter.standard(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofMinutes(10),
            100,
            Duration.ofHours(1),
            Duration.ofMinutes(1));

    /** Refuses what could never work. */
    public Limits {
        if (maxMessageBytes < 1024 || pageSize < 1 || concurrency < 1 || maxPendingInputs < 0) {
            throw new IllegalArgumentException("The bounds of a server are positive, and a message needs 1 KiB.");
        }
        for (var time : new Duration[] {deadline, streamAfter, inputTimeout, taskTtl}) {
            if (!time.isPositive()) {
                throw new IllegalArgumentException("A server needs time: " + time + " is none.");
            }
        }
    }

    /** The same with another size of messages. */
    public Limits withMaxMessageBytes(int bytes) {
        return new Limits(
                bytes, pageSize, concurrency, deadline, streamAfter, inputTimeout, maxPendingInputs, taskTtl, listTtl);
    }

    /** The same with another page size. */
    public Limits withPageSize(int items) {
        return new Limits(
                maxMessageBytes,
                items,
                concurrency,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** The same with another number of calls at a time. */
    public Limits withConcurrency(int calls) {
        return new Limits(
                maxMessageBytes,
                pageSize,
                calls,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** The same with another deadline. */
    public Limits withDeadline(Duration time) {
        return new Limits(
                maxMessageBytes,
                pageSize,
                concurrency,
                time,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** The same with another time before an answer becomes a stream. */
    public Limits withStreamAfter(Duration time) {
        return new Limits(
                maxMessageBytes,
                pageSize,
                concurrency,
                deadline,
                time,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** The same with another patience for humans. */
    public Limits withInputTimeout(Duration time) {
        return new Limits(
                maxMessageBytes,
                pageSize,
                concurrency,
                deadline,
                streamAfter,
                time,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** The same with another number of calls that may wait for users. */
    public Limits withMaxPendingInputs(int calls) {
        return new Limits(
                maxMessageBytes, pageSize, concurrency, deadline, streamAfter, inputTimeout, calls, taskTtl, listTtl);
    }

    /** The same with another life of tasks. */
    public Limits withTaskTtl(Duration time) {
        return new Limits(
                maxMessageBytes,
                pageSize,
                concurrency,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                time,
                listTtl);
    }
}
