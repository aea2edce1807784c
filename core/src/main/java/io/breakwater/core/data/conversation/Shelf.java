package io.breakwater.core.data.conversation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values under ids, bounded exactly in number, in total and for each owner, until they expire. Looking one up takes no
 * lock; putting and removing share one, which makes the bounds exact.
 *
 * <p>An expired value is as good as gone at once. Its room is taken back when the next value is put: the shelf knows a
 * time before which none expires, and looks through all of them only when that has come. An expiry may therefore be
 * put off, but never brought forward. Whoever calls says what time it is, in any unit that only grows. Thread-safe.
 */
final class Shelf<V> {
    private final Limits limits;
    private final ConcurrentHashMap<String, Slot<V>> slots = new ConcurrentHashMap<>();
    private final Map<String, Integer> perOwner = new HashMap<>();
    private long noneExpiresBefore = Long.MAX_VALUE;

    Shelf(Limits limits) {
        this.limits = limits;
    }

    /** Puts a value; false when there is no room for it, or another of that id. */
    synchronized boolean put(String id, String owner, V value, long expiry, long now) {
        sweep(now);
        if (slots.size() >= limits.total() || perOwner.getOrDefault(owner, 0) >= limits.perPrincipal()) {
            return false;
        }
        if (slots.putIfAbsent(id, new Slot<>(owner, value, expiry)) != null) {
            return false;
        }
        perOwner.merge(owner, 1, Integer::sum);
        noneExpiresBefore = Math.min(noneExpiresBefore, expiry);
        return true;
    }

    /** The slot of that id; null when there is none or it has expired. */
    @Nullable
    Slot<V> find(String id, long now) {
        var slot = slots.get(id);
        return slot == null || slot.expiry <= now ? null : slot;
    }

    /** Removes a value; false when there was none. */
    synchronized boolean remove(String id, long now) {
        var slot = slots.remove(id);
        if (slot == null) {
            return false;
        }
        release(slot);
        return slot.expiry > now;
    }

    /** How many values there are. */
    synchronized int size(long now) {
        sweep(now);
        return slots.size();
    }

    private void sweep(long now) {
        if (now < noneExpiresBefore) {
            return;
        }
        noneExpiresBefore = Long.MAX_VALUE;
        slots.forEach((id, slot) -> {
            if (slot.expiry <= now) {
                slots.remove(id);
                release(slot);
            } else {
                noneExpiresBefore = Math.min(noneExpiresBefore, slot.expiry);
            }
        });
    }

    private void release(Slot<V> slot) {
        perOwner.merge(slot.owner, -1, (now, less) -> now + less == 0 ? null : now + less);
    }

    /** One value and when it expires. */
    static final class Slot<V> {
        private final String owner;
        private volatile V value;
        private volatile long expiry;

        private Slot(String owner, V value, long expiry) {
            this.owner = owner;
            this.value = value;
            this.expiry = expiry;
        }

        V value() {
            return value;
        }

        synchronized V change(UnaryOperator<V> change) {
            value = change.apply(value);
            return value;
        }

        void keepUntil(long later) {
            expiry = later;
        }
    }
}
