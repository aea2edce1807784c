package io.breakwater.core.business.concurrency;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls that cost about the same, by default those of one tool. They share a limit, which follows their latency, and a
 * queue. {@link PermitPool#costClass} creates them; the pool guards their state.
 */
public final class CostClass {
    /** The time in which a queue has to be empty once, or the class is overloaded (CoDel, RFC 8289: interval). */
    private static final long INTERVAL = Duration.ofMillis(100).toNanos();

    /** The time that a call of an overloaded class may wait (CoDel: target). */
    private static final long TARGET = Duration.ofMillis(5).toNanos();

    /** The permits by which a caller that used less than its share may precede the others, for its next burst. */
    private static final int CREDIT = 32;

    private static final Duration UNKNOWN_RETRY = Duration.ofSeconds(1);
    private static final long SHORTEST_RETRY = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_RETRY = Duration.ofSeconds(30).toNanos();

    /** The shares of callers without calls that stay in memory, since most callers call again. */
    private static final int MAX_IDLE_SHARES = 256;

    final WaitQueue queue = new WaitQueue();
    private final String name;
    private final @Nullable GradientLimit adaptive;
    private final long queueTimeout;
    private final Map<String, Integer> maxima = new HashMap<>();
    private final Map<Caller, ClassShare> shares = new HashMap<>();
    private int max;
    private int running;
    private long virtualTime;

    CostClass(String name, int max, @Nullable GradientLimit adaptive, Duration queueTimeout) {
        this.name = name;
        this.max = max;
        this.adaptive = adaptive;
        this.queueTimeout = queueTimeout.toNanos();
    }

    /** Returns the name, which is that of a tool or comes from the configuration. */
    public String name() {
        return name;
    }

    // ---- limit ------------------------------------------------------------------------------------------------------

    /** Lowers the limit to the smallest maximum of the tools in this class. */
    void limit(String tool, int maxConcurrency, int total) {
        maxima.put(tool, maxConcurrency);
        max = maxima.values().stream().reduce(total, Math::min);
        if (adaptive != null) {
            adaptive.max(max);
        }
    }

    int limit(long now) {
        return adaptive == null ? max : adaptive.limit(now);
    }

    boolean isFull(long now) {
        return running >= limit(now);
    }

    int running() {
        return running;
    }

    /** Returns how long calls take at present; 0 if that is unknown. */
    long serviceTime() {
        return adaptive == null ? 0 : adaptive.serviceTime();
    }

    void started(ClassShare share) {
        running++;
        share.running++;
    }

    /**
     * Counts a permit for a caller, in virtual time. A caller that received none for a while continues close behind those
     * that were served: it can save up a burst, and no more, and permits that were free for all do not count against the
     * caller that used them.
     */
    void charge(ClassShare share) {
        long before = received(share);
        virtualTime = Math.max(virtualTime, before);
        share.received = before + 1;
    }

    private long received(ClassShare share) {
        return Math.max(virtualTime - CREDIT, share.received);
    }

    /**
     * Orders callers by the permits that they received, and then by those that they hold. A caller that holds more than
     * twice an equal part of the running calls comes after all others, since its calls take longer than theirs.
     */
    private int compare(ClassShare one, ClassShare other) {
        int most = 2 * Math.max(1, running / Math.max(1, queue.shares().size()));
        boolean oneHoldsMore = one.running > most;
        boolean otherHoldsMore = other.running > most;
        if (oneHoldsMore != otherHoldsMore) {
            return oneHoldsMore ? 1 : -1;
        }
        int compared = Long.compare(received(one), received(other));
        return compared == 0 ? Integer.compare(one.running, other.running) : compared;
    }

    void ended(ClassShare share) {
        running--;
        share.running--;
    }

    void record(long started, long latency, long now) {
        if (adaptive != null) {
            adaptive.record(started, latency, now, running);
        }
    }

    // ---- queue ------------------------------------------------------------------------------------------------------

    /** Returns whether calls have waited for so long that the newest of them go first. */
    boolean isOverloaded(long now) {
        return queue.isOverloaded(now, Math.max(INTERVAL, serviceTime()));
    }

    /** Removes and returns the waiting call that comes next, of those that are eligible; null if there is none. */
    @Nullable
    WaitingCall next(Predicate<WaitingCall> eligible, long now) {
        return queue.poll(isOverloaded(now), eligible, this::compare, now);
    }

    /** Removes and returns a waiting call of this share, the one that would come last. */
    WaitingCall evict(ClassShare share, long now) {
        return queue.evict(share, !isOverloaded(now), now);
    }

    /** Removes the calls that have waited for too long. */
    void expire(long now, Consumer<WaitingCall> onExpired) {
        if (!queue.isEmpty()) {
            boolean overloaded = isOverloaded(now);
            queue.expire(now, share -> maxWait(share, overloaded), onExpired);
        }
    }

    /** Returns how long the calls of a caller may wait: under overload, longer if it received less than the others. */
    private long maxWait(ClassShare share, boolean overloaded) {
        long service = serviceTime();
        if (!overloaded) {
            return Math.min(queueTimeout, Math.max(INTERVAL, service));
        }
        return Math.min(queueTimeout, Math.max(TARGET, share.received > virtualTime ? service / 2 : service));
    }

    /** Estimates the time until a call that begins to wait now has a permit. */
    long expectedWait(long now) {
        return serviceTime() * (queue.size() + 1) / Math.max(1, limit(now));
    }

    /** Returns the time until the calls that run and wait now have probably ended. */
    Duration retryAfter(long now) {
        long service = serviceTime();
        if (service == 0) {
            return UNKNOWN_RETRY;
        }
        long drained = service * (running + queue.size()) / Math.max(1, limit(now));
        return Duration.ofNanos(Math.clamp(drained, SHORTEST_RETRY, LONGEST_RETRY));
    }

    // ---- callers ----------------------------------------------------------------------------------------------------

    /** Returns the share of a caller; creates it if the caller has none. */
    ClassShare share(Caller caller, Map<Caller, CallerLoad> loads) {
        var known = shares.get(caller);
        if (known != null) {
            return known;
        }
        removeIdleShares(loads);
        var load = loads.computeIfAbsent(caller, CallerLoad::new);
        load.shares++;
        var share = new ClassShare(this, load);
        share.received = virtualTime;
        shares.put(caller, share);
        return share;
    }

    /** Keeps the number of shares below those in use and {@link #MAX_IDLE_SHARES}, at a constant cost for each call. */
    private void removeIdleShares(Map<Caller, CallerLoad> loads) {
        if (shares.size() < 2 * (running + queue.size()) + MAX_IDLE_SHARES) {
            return;
        }
        shares.values().removeIf(share -> {
            if (share.isIdle() && --share.load.shares == 0) {
                loads.remove(share.load.caller);
            }
            return share.isIdle();
        });
    }
}
