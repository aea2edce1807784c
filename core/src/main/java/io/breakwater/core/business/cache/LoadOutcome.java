package io.breakwater.core.business.cache;

/**
 * The outcome of a follower's wait for a load.
 *
 * @param <R> the type of the result
 */
public sealed interface LoadOutcome<R> {

    /** The load completed. */
    record Loaded<R>(R result) implements LoadOutcome<R> {}

    /** The load failed for all followers. */
    record Failed<R>(Throwable failure) implements LoadOutcome<R> {}

    /** The previous leader was cancelled; this follower leads the load now. */
    record Promoted<R>() implements LoadOutcome<R> {}
}
