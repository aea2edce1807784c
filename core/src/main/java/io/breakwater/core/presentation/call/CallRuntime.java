package io.breakwater.core.presentation.call;

import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;

/**
 * What all calls of a server share.
 *
 * @param lanes where they run
 * @param chain the guard, outermost first
 * @param turnedAway who is told of messages that do not become calls
 * @param watch who minds their deadlines
 * @param parking those that wait for a human
 * @param limits the server's bounds for them
 * @param failures makes outcomes of what handlers throw
 * @param ids names them
 */
public record CallRuntime(
        ServerExecutors executors,
        List<Interceptor> chain,
        RejectionListener turnedAway,
        DeadlineMonitor deadlineMonitor,
        PendingInputs pendingInputs,
        Limits limits,
        OutcomeMapping outcomeMapping,
        RequestIds ids) {

    /** For a server on these lanes. */
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
     * Bounds of a call.
     *
     * @param deadline how long a call may take, the root of every other timeout
     * @param streamAfter after how long an answer that is not ready becomes a stream, so that the client sees a sign of
     *     life and its disappearance is noticed
     * @param human how long a call waits for its user to answer, beside the deadline
     * @param parked how many calls of one principal may wait for users at a time
     */
    public record Limits(Duration deadline, Duration streamAfter, Duration inputTimeout, int maxPendingInputs) {
        /** 30 s, 3 s, 10 min, 100. */
        public static final Limits STANDARD =
                new Limits(Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofMinutes(10), 100);

        /** Refuses what could never work. */
        public Limits {
            if (deadline.isNegative() || deadline.isZero() || inputTimeout.isNegative() || maxPendingInputs < 0) {
                throw new IllegalArgumentException("the deadline must be positive, inputTimeout and maxPendingInputs must not be negative: deadline "
                                + deadline + ", inputTimeout " + inputTimeout + ", maxPendingInputs " + maxPendingInputs);
            }
        }
    }
}
