package io.breakwater.core.data.session;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.port.driven.UpdateResult;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values under ids until they expire, with exact limits on number and weight, in total and for each owner. Lookups take
 * no lock; insertion, removal and changes of weight share one, which makes the limits exact.
 *
 * <p>Lookups ignore an expired value at once. Its capacity is released when the next value is inserted: the store knows
 * a time before which no value expires, and searches all values only after that time. Therefore an expiry time may be
 * moved to a later time, but never to an earlier one. The caller passes the current time, in any unit that only
 * increases. Thread-safe.
 */
final class ExpiringStore<V> {
    private final CapacityLimiter capacity;
    private final ToLongFunction<V> weigher;
    private final ConcurrentHashMap<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private long noneExpiresBefore = Long.MAX_VALUE;

    ExpiringStore(CapacityLimiter capacity, ToLongFunction<V> weigher) {
        this.capacity = capacity;
        this.weigher = weigher;
    }

    /** Inserts a value; returns false if a limit is reached or the id is taken. */
    synchronized boolean put(String id, String owner, V value, long expiry, long now) {
        sweep(now);
        long weight = weigher.applyAsLong(value);
        if (entries.containsKey(id) || !capacity.tryAcquire(owner, 1, weight)) {
            return false;
        }
        entries.put(id, new Entry<>(owner, value, weight, expiry));
        noneExpiresBefore = Math.min(noneExpiresBefore, expiry);
        return true;
    }

    /** Returns the entry of an id, or null if there is none or it has expired. */
    @Nullable
    Entry<V> find(String id, long now) {
        var entry = entries.get(id);
        return entry == null || entry.expiry <= now ? null : entry;
    }

    /** Returns the values that have not expired, in any order. */
    Stream<V> values(long now) {
        return entries.values().stream().filter(entry -> entry.expiry > now).map(Entry::value);
    }

    /** Replaces a value atomically if it equals the expected one, unless its new weight exceeds a limit. */
    UpdateResult<V> update(Entry<V> entry, V expected, V changed) {
        synchronized (entry) {
            if (!entry.value.equals(expected)) {
                return new UpdateResult.Conflict<>(entry.value);
            }
            long weight = weigher.applyAsLong(changed);
            if (weight != entry.weight && !reserveWeight(entry, weight)) {
                return new UpdateResult.LimitReached<>();
            }
            entry.value = changed;
            return new UpdateResult.Stored<>();
        }
    }

    private synchronized boolean reserveWeight(Entry<V> entry, long weight) {
        boolean fits = entry.removed || capacity.tryAcquire(entry.owner, 0, weight - entry.weight);
        if (fits) {
            entry.weight = weight;
        }
        return fits;
    }

    /** Removes a value; returns false if there was none. */
    synchronized boolean remove(String id, long now) {
        var entry = entries.remove(id);
        if (entry == null) {
            return false;
        }
        release(entry);
        return entry.expiry > now;
    }

    /** Returns the number of values. */
    synchronized int size(long now) {
        sweep(now);
        return entries.size();
    }

    private void sweep(long now) {
        if (now < noneExpiresBefore) {
            return;
        }
        noneExpiresBefore = Long.MAX_VALUE;
        entries.forEach((id, entry) -> {
            if (entry.expiry <= now) {
                entries.remove(id);
                release(entry);
            } else {
                noneExpiresBefore = Math.min(noneExpiresBefore, entry.expiry);
            }
        });
    }

    private void release(Entry<V> entry) {
        entry.removed = true;
        capacity.release(entry.owner, 1, entry.weight);
    }

    /** A value and its expiry time. */
    static final class Entry<V> {
        private final String owner;
        private volatile V value;
        private volatile long expiry;
        private long weight; // changed under the locks of the store and of the entry, read under either
        private boolean removed; // guarded by the lock of the store

        private Entry(String owner, V value, long weight, long expiry) {
            this.owner = owner;
            this.value = value;
            this.weight = weight;
            this.expiry = expiry;
        }

        V value() {
            return value;
        }

        void extendTo(long newExpiry) {
            expiry = newExpiry;
        }
    }
}
