package io.breakwater.server;

import java.time.Duration;

/**
 * How much a server keeps in memory at a time. Where there is no authentication, everybody is the same principal.
 *
 * @param sessions legacy sessions; an idle one takes about a kibibyte
 * @param sessionIdle how long a session may go unused
 * @param subscriptions open {@code subscriptions/listen} streams
 * @param tasks tasks, running and finished, whose results are kept with them
 * @param cache results of calls that are kept
 */
public record Capacity(Limit sessions, Duration sessionIdle, Limit subscriptions, Limit tasks, Cache cache) {

    /** What fits the heap of this process. */
    public static final Capacity STANDARD = forHeap(Runtime.getRuntime().maxMemory());

    /** Refuses sessions that end at once. */
    public Capacity {
        if (!sessionIdle.isPositive()) {
            throw new IllegalArgumentException("A session needs time: " + sessionIdle + " is none.");
        }
    }

    /**
     * What fits such a heap: from 512 MiB on 30,000 sessions, idle for 30 min, 20,000 streams and 2,000 tasks, and
     * below it as many fewer. One principal may have half of each.
     */
    static Capacity forHeap(long heap) {
        return new Capacity(
                Limit.halved(Math.clamp(heap / (16 << 10), 256, 30_000)),
                Duration.ofMinutes(30),
                Limit.halved(Math.clamp(heap / (24 << 10), 256, 20_000)),
                Limit.halved(Math.clamp(heap / (256 << 10), 16, 2_000)),
                Cache.forHeap(heap));
    }

    /**
     * How much heap clients may fill with what is kept of sessions, of subscriptions and of tasks; for each of them.
     */
    static long bytes(long heap) {
        return Math.max(1, heap / 16);
    }

    /** The same with room for so many sessions. */
    public Capacity withSessions(Limit sessions, Duration idle) {
        return new Capacity(sessions, idle, subscriptions, tasks, cache);
    }

    /** The same with room for so many {@code subscriptions/listen} streams. */
    public Capacity withSubscriptions(Limit subscriptions) {
        return new Capacity(sessions, sessionIdle, subscriptions, tasks, cache);
    }

    /** The same with room for so many tasks. */
    public Capacity withTasks(Limit tasks) {
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
    public record Limit(int total, int perPrincipal) {
        /** Room for so many, of which one principal may have half. */
        public static Limit halved(int total) {
            return new Limit(total, (total + 1) / 2);
        }

        /** Refuses bounds that nothing fits. */
        public Limit {
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
        /** What fits the heap of this process. */
        public static final Cache STANDARD = forHeap(Runtime.getRuntime().maxMemory());

        /** 10,000 results in 100 MiB, or an eighth of the heap if that is less. */
        static Cache forHeap(long heap) {
            return new Cache(10_000, Math.min(100L << 20, heap / 8));
        }

        /** Refuses a cache that holds nothing. */
        public Cache {
            if (entries < 1 || bytes < 1) {
                throw new IllegalArgumentException("A cache holds at least one result of one byte.");
            }
        }
    }
}
