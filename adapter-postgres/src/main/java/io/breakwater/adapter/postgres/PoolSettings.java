package io.breakwater.adapter.postgres;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNegative;
import static io.breakwater.port.support.SettingChecks.notNull;

import java.time.Duration;

/**
 * The settings of the connection pool for one server and one role.
 *
 * @param min the number of connections that stay open when they are idle
 * @param max the maximum number of open connections
 * @param acquireTimeout how long a call waits for a connection
 * @param leakAfter the time after which the log reports a connection that is still in use, with its call; zero for
 *     never
 * @param retireAfter the maximum time in use after which a connection is closed and replaced, because PostgreSQL keeps
 *     some memory until a connection closes; a single call that takes a tenth of it is enough; zero for never
 */
public record PoolSettings(int min, int max, Duration acquireTimeout, Duration leakAfter, Duration retireAfter) {
    private static final Duration MIN_ACQUIRE_TIMEOUT = Duration.ofMillis(250);
    private static final Duration MIN_LEAK_AFTER = Duration.ofSeconds(2);

    /** Refuses values that cannot work. */
    public PoolSettings {
        atLeast(1, max, "PoolSettings.max");
        atLeast(0, min, "PoolSettings.min");
        check(min <= max, "min is " + min + ", above max, " + max + ": set it to " + max + " or lower, too.");
        check(
                notNull(acquireTimeout, "PoolSettings.acquireTimeout").compareTo(MIN_ACQUIRE_TIMEOUT) >= 0,
                "acquireTimeout must be at least 250 ms.");
        check(
                notNull(leakAfter, "PoolSettings.leakAfter").isZero() || leakAfter.compareTo(MIN_LEAK_AFTER) >= 0,
                "leakAfter must be at least 2 s, or 0 for never.");
        notNegative(retireAfter, "PoolSettings.retireAfter");
    }

    /** Settings with connections that are retired after 10 s in use. */
    public PoolSettings(int min, int max, Duration acquireTimeout, Duration leakAfter) {
        this(min, max, acquireTimeout, leakAfter, Duration.ofSeconds(10));
    }

    /** These settings with another time after which connections are retired. */
    public PoolSettings withRetireAfter(Duration retireAfter) {
        return new PoolSettings(min, max, acquireTimeout, leakAfter, retireAfter);
    }

    /** Settings with an acquire timeout of 5 s, leak reports after a minute, and retirement after 10 s in use. */
    public static PoolSettings of(int min, int max) {
        return new PoolSettings(min, max, Duration.ofSeconds(5), Duration.ofMinutes(1));
    }
}
