package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Counts failed logins for all servers of a deployment. Names without an account have counters too, so that a lock-out
 * does not reveal which accounts exist. The methods block and raise {@link io.breakwater.port.PortException}. Contract:
 * {@code LoginFailuresContract}.
 */
public interface LoginFailures {

    /**
     * Returns the counter of a key; {@link Counter#NONE} if there is none. A store may forget a counter a day after its
     * last failure.
     */
    Counter find(String key, CallContext context);

    /**
     * Replaces the counter of a key if it is the expected one. The operation is atomic.
     *
     * @param replacement the new counter; {@link Counter#NONE} removes it
     * @return false if the counter is another one; then nothing changes
     */
    boolean replace(String key, Counter expected, Counter replacement, CallContext context);

    /**
     * The failed logins since the last successful one.
     *
     * @param failures their number
     * @param last the time of the last one, in whole milliseconds
     */
    record Counter(int failures, Instant last) {
        /** No failures. */
        public static final Counter NONE = new Counter(0, Instant.EPOCH);

        /** Refuses a negative number, and truncates the time. */
        public Counter {
            requireNonNull(last, "Counter.last must not be null.");
            if (failures < 0) {
                throw new IllegalArgumentException("The number of failures must not be negative, but is " + failures);
            }
            last = last.truncatedTo(ChronoUnit.MILLIS);
        }

        /** Returns this counter with one more failure. */
        public Counter plusOne(Instant now) {
            return new Counter(failures == Integer.MAX_VALUE ? failures : failures + 1, now);
        }
    }
}
