package io.breakwater.core.data.authentication;

import java.time.Duration;

/**
 * A budget of failures.
 *
 * @param burst the number of failures that are allowed at once
 * @param interval the time after which one more failure is allowed
 * @param firstLockout the first lock-out after the budget is used up, if it is longer than the interval; each further
 *     one is twice as long
 * @param maxLockout the longest lock-out, if it is longer than the interval
 */
public record FailureLimit(int burst, Duration interval, Duration firstLockout, Duration maxLockout) {

    /** The time after which nothing of a source has to be remembered: its budget is full, and its lock-outs are past. */
    Duration memory() {
        return interval.multipliedBy(burst).plus(maxLockout.multipliedBy(2));
    }
}
