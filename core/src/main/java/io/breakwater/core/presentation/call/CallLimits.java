package io.breakwater.core.presentation.call;

import java.time.Duration;

/**
 * The timeouts and limits of calls.
 *
 * @param deadline the maximum duration of a call, from which all other timeouts derive
 * @param streamAfter the time after which a call without an outcome opens an event stream, so that the client sees that
 *     the call runs and the server notices a disconnect
 * @param inputTimeout how long a call waits for user input, in addition to the deadline
 * @param maxPendingInputs the maximum number of calls of one principal that wait for user input at the same time
 * @param maxResultBytes the maximum size of the response with a result
 */
public record CallLimits(
        Duration deadline, Duration streamAfter, Duration inputTimeout, int maxPendingInputs, int maxResultBytes) {}
