package io.breakwater.server;

import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * The maximum number and size of what a server holds in memory. Without authentication, all callers are one principal.
 *
 * @param sessions the limit on legacy sessions; an idle session takes about 1 KiB
 * @param sessionIdle the idle timeout of a session
 * @param subscriptions the limit on open {@code subscriptions/listen} streams
 * @param tasks the limit on tasks, running and finished, with their results
 * @param cache the limits of the local tier of the result cache
 */
public record Capacity(Limit sessions, Duration sessionIdle, Limit subscriptions, Limit tasks, Cache cache) {

    /** The defaults for the heap of this process. */
    public static final Capacity STANDARD = forHeap(Runtime.getRuntime().maxMemory());

    /** Refuses an idle timeout that is not positive. */
    public Capacity {
        notNull(sessions, "Capacity.sessions");
        positive(sessionIdle, "Capacity.sessionIdle");
        notNull(subscriptions, "Capacity.subscriptions");
        notNull(tasks, "Capacity.tasks");
        notNull(cache, "Capacity.cache");
    }

    /**
     * Returns the capacity for a heap of this many bytes: from 512 MiB on, 30,000 sessions with an idle timeout of 30
     * min, 20,000 streams and 2,000 tasks; below it, proportionally fewer. One principal may use half of each.
     */
    static Capacity forHeap(long heap) {
        return new Capacity(
                Limit.halved(Math.clamp(heap / (16 << 10), 256, 30_000)),
                Duration.ofMinutes(30),
                Limit.halved(Math.clamp(heap / (24 << 10), 256, 20_000)),
                Limit.halved(Math.clamp(heap / (256 << 10), 16, 2_000)),
                Cache.forHeap(heap));
    }

    /** Returns how many bytes of the heap sessions, subscriptions and tasks may each occupy. */
    static long bytes(long heap) {
        return Math.max(1, heap / 16);
    }

    /** Returns a copy with another limit and idle timeout for sessions. */
    public Capacity withSessions(Limit sessions, Duration idle) {
        return new Capacity(sessions, idle, subscriptions, tasks, cache);
    }

    /** Returns a copy with another limit on {@code subscriptions/listen} streams. */
    public Capacity withSubscriptions(Limit subscriptions) {
        return new Capacity(sessions, sessionIdle, subscriptions, tasks, cache);
    }

    /** Returns a copy with another limit on tasks. */
    public Capacity withTasks(Limit tasks) {
        return new Capacity(sessions, sessionIdle, subscriptions, tasks, cache);
    }

    /** Returns a copy with other limits for the result cache. */
    public Capacity withCache(Cache cache) {
        return new Capacity(sessions, sessionIdle, subscriptions, tasks, cache);
    }

    /**
     * A limit in total, and for each principal, so that one principal cannot use it up.
     *
     * @param total the maximum in total
     * @param perPrincipal the maximum for one principal
     */
    public record Limit(int total, int perPrincipal) {
        /** Returns a limit of which one principal may use half. */
        public static Limit halved(int total) {
            return new Limit(total, (total + 1) / 2);
        }

        /** Refuses limits below 1. */
        public Limit {
            positive(total, "Capacity.Limit.total");
            positive(perPrincipal, "Capacity.Limit.perPrincipal");
        }
    }

    /**
     * The limits of the local tier of the result cache.
     *
     * @param entries the maximum number of results
     * @param bytes the maximum size of all results together, in bytes
     */
    public record Cache(int entries, long bytes) {
        /** The defaults for the heap of this process. */
        public static final Cache STANDARD = forHeap(Runtime.getRuntime().maxMemory());

        /** Returns 10,000 results in 100 MiB, or in an eighth of the heap if that is less. */
        static Cache forHeap(long heap) {
            return new Cache(10_000, Math.min(100L << 20, heap / 8));
        }

        /** Refuses limits below 1. */
        public Cache {
            positive(entries, "Capacity.Cache.entries");
            positive(bytes, "Capacity.Cache.bytes");
        }
    }
}
