package io.breakwater.core.presentation.call;

import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;

/**
 * The components that all calls of a server share.
 *
 * @param executors the threads and timers of the server
 * @param chain the interceptors, outermost first
 * @param rejectionListener records messages that are rejected before they become calls
 * @param deadlineMonitor ends calls at their deadlines
 * @param pendingInputs limits the calls that wait for user input
 * @param limits the timeouts and limits of calls
 * @param outcomeMapping maps exceptions to outcomes
 * @param ids generates request ids for logs
 */
public record CallRuntime(
        ServerExecutors executors,
        List<Interceptor> chain,
        RejectionListener rejectionListener,
        DeadlineMonitor deadlineMonitor,
        PendingInputs pendingInputs,
        Limits limits,
        OutcomeMapping outcomeMapping,
        RequestIds ids) {

    /** Creates the runtime of a server on these executors. */
    public static CallRuntime of(
            ServerExecutors executors, List<Interceptor> chain, RejectionListener turnedAway, Limits limits) {
        var pendingInputs = new PendingInputs(limits.maxPendingInputs());
        return new CallRuntime(
                executors,
                List.copyOf(chain),
                turnedAway,
                new DeadlineMonitor(executors),
                pendingInputs,
                limits,
                new OutcomeMapping(),
                new RequestIds());
    }

    /**
     * The timeouts and limits of calls.
     *
     * @param deadline the maximum duration of a call, from which all other timeouts derive
     * @param streamAfter the time after which a call without an outcome opens an event stream, so that the client sees
     *     that the call runs and the server notices a disconnect
     * @param inputTimeout how long a call waits for user input, in addition to the deadline
     * @param maxPendingInputs the maximum number of calls of one principal that wait for user input at the same time
     * @param maxResultBytes the maximum size of the response with a result
     */
    public record Limits(
            Duration deadline, Duration streamAfter, Duration inputTimeout, int maxPendingInputs, int maxResultBytes) {
        /** 30 s, 3 s, 10 min, 100, 16 MiB. */
        public static final Limits STANDARD =
                new Limits(Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofMinutes(10), 100, 16 << 20);

        /** Refuses values with which no call could succeed. */
        public Limits {
            if (deadline.isNegative() || deadline.isZero() || inputTimeout.isNegative() || maxPendingInputs < 0) {
                throw new IllegalArgumentException(
                        "the deadline must be positive, and inputTimeout and maxPendingInputs"
                                + " must not be negative: deadline "
                                + deadline + ", inputTimeout " + inputTimeout + ", maxPendingInputs "
                                + maxPendingInputs);
            }
        }
    }
}
