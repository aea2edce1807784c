package io.breakwater.core;

import java.time.Duration;

/**
 * How much a server keeps in memory at a time. Where there is no authentication, everybody is the same principal.
 *
 * @param sessions legacy sessions; an idle one takes a few kibibytes
 * @param sessionIdle how long a session may go unused
 * @param subscriptions open {@code subscriptions/listen} streams
 * @param tasks tasks, running and finished, whose results are kept with them
 * @param cache results of calls that are kept
 */
public record Capacity(Share sessions, Duration sessionIdle, Share subscriptions, Share tasks, Cache cache) {

    /** 30,000 sessions and 15,000 for one principal, idle for 30 min; 20,000 and 10,000 streams; 2,000 and 1,000 tasks. */
    public static final Capacity STANDARD = new Capacity(
            new Share(30_000, 15_000),
            Duration.ofMinutes(30),
            new Share(20_000, 10_000),
            new Share(2_000, 1_000),
            Cache.STANDARD);

    /** Refuses sessions that end at once. */
    public Capacity {
        if (!sessionIdle.isPositive()) {
            throw new IllegalArgumentException("A session needs time: " + sessionIdle + " is none.");
        }
    }

    /** The same with room for so many sessions. */
    public Capacity withSessions(Share sessions, Duration idle) {
        return new Capacity(sessions, idle, subscriptions, tasks, cache);
    }

    /** The same with room for so many {@code subscriptions/listen} streams. */
    public Capacity withSubscriptions(Share subscriptions) {
        return new Capacity(sessions, sessionIdle, subscriptions, tasks, cache);
    }

    /** The same with room for so many tasks. */
    public Capacity withTasks(Share tasks) {
        return new Capacity(sessions, sessionIdle, subscriptions, tasks, cache);
    }

    /** The same with another cache. */
    public Capacity withCache(Cache cache) {
        return new Capacity(sessions, sessionIdle, subscriptions, tasks, cache);
    }

    /**
     * A bound that nobody can use up alone.
     *
     * @param total in all
     * @param perPrincipal for one principal
     */
    public record Share(int total, int perPrincipal) {
        /** Refuses bounds that nothing fits. */
        public Share {
            if (total < 1 || perPrincipal < 1) {
                throw new IllegalArgumentException(
                        "There must be room for one at least, not " + total + " in all and " + perPrincipal + " each.");
            }
        }
    }

    /**
     * The cache of results.
     *
     * @param entries how many at most
     * @param bytes how many bytes they may take together
     */
    public record Cache(int entries, long bytes) {
        /** 10,000 results in 100 MiB, or an eighth of the heap if that is less. */
        public static final Cache STANDARD =
                new Cache(10_000, Math.min(100L << 20, Runtime.getRuntime().maxMemory() / 8));

        /** Refuses a cache that holds nothing. */
        public Cache {
            if (entries < 1 || bytes < 1) {
                throw new IllegalArgumentException("A cache holds at least one result of one byte.");
            }
        }
    }
}
