package io.breakwater.core.business.cache;

/**
 * What a follower's waiting ends with.
 *
 * @param <R> what is made
 */
public sealed interface LoadOutcome<R> {

    /** It is made. */
    record Landed<R>(R result) implements LoadOutcome<R> {}

    /** It cannot be made, by nobody. */
    record Failed<R>(Throwable failure) implements LoadOutcome<R> {}

    /** Whoever led was called off: the follower leads now. */
    record Lead<R>() implements LoadOutcome<R> {}
}
