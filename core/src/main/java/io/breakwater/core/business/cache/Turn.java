package io.breakwater.core.business.cache;

/**
 * What a follower's waiting ends with.
 *
 * @param <R> what is made
 */
public sealed interface Turn<R> {

    /** It is made. */
    record Landed<R>(R result) implements Turn<R> {}

    /** It cannot be made, by nobody. */
    record Failed<R>(Throwable failure) implements Turn<R> {}

    /** Whoever led was called off: the follower leads now. */
    record Lead<R>() implements Turn<R> {}
}
