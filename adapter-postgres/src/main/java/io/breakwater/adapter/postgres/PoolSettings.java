package io.breakwater.adapter.postgres;

import java.time.Duration;

/**
 * How many connections are kept open to one server under one role.
 *
 * @param min how many are kept open while nobody needs them
 * @param max how many are open at most
 * @param acquireTimeout how long a call waits for one to become free
 * @param leakAfter after which a connection that is still in use is reported in the log with the call that has it; zero
 *     for never
 * @param retireAfter after which time of work a connection is closed and replaced, at the latest, since PostgreSQL
 *     keeps some memory for as long as a connection lives; one call that takes a tenth of it is enough; zero for never
 */
public record PoolSettings(int min, int max, Duration acquireTimeout, Duration leakAfter, Duration retireAfter) {
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration SHORTEST_LEAK = Duration.ofSeconds(2);

    /** Refuses what could never work. */
    public PoolSettings {
        if (max < 1 || min < 0) {
            throw new IllegalArgumentException("A pool has a max of at least 1 connection and a min of at least 0.");
        }
        if (min > max) {
            throw new IllegalArgumentException("The pool's min, " + min + ", is above its max, " + max + ": set min to "
                    + max + " or lower, too.");
        }
        if (acquireTimeout.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("A connection is waited for at least 250 ms.");
        }
        if (!leakAfter.isZero() && leakAfter.compareTo(SHORTEST_LEAK) < 0) {
            throw new IllegalArgumentException("A connection counts as leaked after 2 s at the earliest; 0 for never.");
        }
    }

    /** These settings, with connections that are retired after 10 s of work. */
    public PoolSettings(int min, int max, Duration acquireTimeout, Duration leakAfter) {
        this(min, max, acquireTimeout, leakAfter, Duration.ofSeconds(10));
    }

    /** These settings, with connections that are retired after another time of work. */
    public PoolSettings withRetireAfter(Duration retireAfter) {
        return new PoolSettings(min, max, acquireTimeout, leakAfter, retireAfter);
    }

    /** Waited for 5 s, reported when they are in use for a minute, retired after 10 s of work. */
    public static PoolSettings of(int min, int max) {
        return new PoolSettings(min, max, Duration.ofSeconds(5), Duration.ofMinutes(1));
    }
}
