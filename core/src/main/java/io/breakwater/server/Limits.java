package io.breakwater.server;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.atMost;
import static io.breakwater.port.support.SettingChecks.notNegative;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.core.presentation.interceptor.ConcurrencyLimiter;
import java.time.Duration;

/**
 * The limits of a server.
 *
 * @param maxMessageBytes the maximum size of a message, in bytes
 * @param maxResultBytes the maximum size of the response with a result, in bytes of JSON. The caller of a tool with a
 *     larger result receives an error
 * @param pageSize the number of items on a page of a list
 * @param concurrency the maximum number of calls that run at the same time
 * @param deadline the maximum time of a call; every other timeout of a call is derived from it
 * @param streamAfter the time after which the response to a running call becomes an event stream, so that the client
 *     sees activity
 * @param inputTimeout how long a call waits for its user; this time does not count towards the deadline
 * @param maxPendingInputs the maximum number of calls of one principal that wait for users at the same time
 * @param taskTtl the TTL of a task, from its start
 * @param listTtl how long clients may cache a list
 */
public record Limits(
        int maxMessageBytes,
        int maxResultBytes,
        int pageSize,
        int concurrency,
        Duration deadline,
        Duration streamAfter,
        Duration inputTimeout,
        int maxPendingInputs,
        Duration taskTtl,
        Duration listTtl) {

    private static final int MAX_DAYS = 365;

    /**
     * The defaults: messages of 1 MiB, results of 16 MiB, pages of 100 items, 100 concurrent calls per processor, a
     * deadline of 30 s, streams after 3 s, 10 min and 100 calls for user input, 1 h for tasks, 1 min for lists.
     */
    public static final Limits STANDARD = new Limits(
            1 << 20,
            16 << 20,
            100,
            ConcurrencyLimiter.standard(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofMinutes(10),
            100,
            Duration.ofHours(1),
            Duration.ofMinutes(1));

    /** Refuses values out of range; the maximum of each time is 365 days. */
    public Limits {
        atLeast(1024, maxMessageBytes, "Limits.maxMessageBytes");
        atLeast(1024, maxResultBytes, "Limits.maxResultBytes");
        positive(pageSize, "Limits.pageSize");
        positive(concurrency, "Limits.concurrency");
        positive(deadline, MAX_DAYS, "Limits.deadline");
        positive(streamAfter, MAX_DAYS, "Limits.streamAfter");
        positive(inputTimeout, MAX_DAYS, "Limits.inputTimeout");
        atLeast(0, maxPendingInputs, "Limits.maxPendingInputs");
        positive(taskTtl, MAX_DAYS, "Limits.taskTtl");
        notNegative(listTtl, "Limits.listTtl");
        atMost(MAX_DAYS, listTtl, "Limits.listTtl");
    }

    /** Returns a copy with another maximum size of a message. */
    public Limits withMaxMessageBytes(int bytes) {
        return new Limits(
                bytes,
                maxResultBytes,
                pageSize,
                concurrency,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** Returns a copy with another maximum size of a result. */
    public Limits withMaxResultBytes(int bytes) {
        return new Limits(
                maxMessageBytes,
                bytes,
                pageSize,
                concurrency,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** Returns a copy with another page size. */
    public Limits withPageSize(int items) {
        return new Limits(
                maxMessageBytes,
                maxResultBytes,
                items,
                concurrency,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** Returns a copy with another maximum number of concurrent calls. */
    public Limits withConcurrency(int calls) {
        return new Limits(
                maxMessageBytes,
                maxResultBytes,
                pageSize,
                calls,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** Returns a copy with another deadline. */
    public Limits withDeadline(Duration time) {
        return new Limits(
                maxMessageBytes,
                maxResultBytes,
                pageSize,
                concurrency,
                time,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** Returns a copy with another time before a response becomes an event stream. */
    public Limits withStreamAfter(Duration time) {
        return new Limits(
                maxMessageBytes,
                maxResultBytes,
                pageSize,
                concurrency,
                deadline,
                time,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** Returns a copy with another timeout for user input. */
    public Limits withInputTimeout(Duration time) {
        return new Limits(
                maxMessageBytes,
                maxResultBytes,
                pageSize,
                concurrency,
                deadline,
                streamAfter,
                time,
                maxPendingInputs,
                taskTtl,
                listTtl);
    }

    /** Returns a copy with another maximum number of calls that wait for users. */
    public Limits withMaxPendingInputs(int calls) {
        return new Limits(
                maxMessageBytes,
                maxResultBytes,
                pageSize,
                concurrency,
                deadline,
                streamAfter,
                inputTimeout,
                calls,
                taskTtl,
                listTtl);
    }

    /** Returns a copy with another TTL of tasks. */
    public Limits withTaskTtl(Duration time) {
        return new Limits(
                maxMessageBytes,
                maxResultBytes,
                pageSize,
                concurrency,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                time,
                listTtl);
    }

    /** Returns a copy with another time for which clients may cache a list. */
    public Limits withListTtl(Duration time) {
        return new Limits(
                maxMessageBytes,
                maxResultBytes,
                pageSize,
                concurrency,
                deadline,
                streamAfter,
                inputTimeout,
                maxPendingInputs,
                taskTtl,
                time);
    }
}
