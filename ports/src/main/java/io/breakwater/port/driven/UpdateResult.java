package io.breakwater.port.driven;

/**
 * The result of replacing a stored value if it equals an expected one (compare-and-set). After a {@link Conflict}, the
 * caller applies its change to the current value and tries again.
 *
 * @param <V> the type of the value
 */
public sealed interface UpdateResult<V> {

    /** The changed value is stored. */
    record Stored<V>() implements UpdateResult<V> {}

    /**
     * Another change came first, so nothing is stored.
     *
     * @param current the stored value
     */
    record Conflict<V>(V current) implements UpdateResult<V> {}

    /** The changed value exceeds a limit on the size, so nothing is stored. */
    record LimitReached<V>() implements UpdateResult<V> {}

    /** There is no such value. */
    record NotFound<V>() implements UpdateResult<V> {}
}
