package io.breakwater.core.data.session;

import io.breakwater.core.business.session.Quantity;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values under ids, bounded exactly in number and weight, in total and for each owner, until they expire. Looking one
 * up takes no lock; putting, removing and changing the weight share one, which makes the bounds exact.
 *
 * <p>An expired value is as good as gone at once. Its room is taken back when the next value is put: the shelf knows a
 * time before which none expires, and looks through all of them only when that has come. An expiry may therefore be
 * put off, but never brought forward. Whoever calls says what time it is, in any unit that only grows. Thread-safe.
 */
final class ExpiringStore<V> {
    private final Quantity allowance;
    private final ToLongFunction<V> weigher;
    private final ConcurrentHashMap<String, Slot<V>> slots = new ConcurrentHashMap<>();
    private long noneExpiresBefore = Long.MAX_VALUE;

    ExpiringStore(Quantity allowance, ToLongFunction<V> weigher) {
        this.allowance = allowance;
        this.weigher = weigher;
    }

    /** Puts a value; false when there is no room for it, or another of that id. */
    synchronized boolean put(String id, String owner, V value, long expiry, long now) {
        sweep(now);
        long weight = weigher.applyAsLong(value);
        if (slots.containsKey(id) || !allowance.take(owner, 1, weight)) {
            return false;
        }
        slots.put(id, new Slot<>(owner, value, weight, expiry));
        noneExpiresBefore = Math.min(noneExpiresBefore, expiry);
        return true;
    }

    /** The slot of that id; null when there is none or it has expired. */
    @Nullable
    Slot<V> find(String id, long now) {
        var slot = slots.get(id);
        return slot == null || slot.expiry <= now ? null : slot;
    }

    /**
     * Changes a value atomically, unless it would then be too heavy: it stays as it is. Gives the value as it now is.
     */
    V change(Slot<V> slot, UnaryOperator<V> change) {
        synchronized (slot) {
            var next = change.apply(slot.value);
            long weight = weigher.applyAsLong(next);
            if (weight == slot.weight || weighs(slot, weight)) {
                slot.value = next;
            }
            return slot.value;
        }
    }

    private synchronized boolean weighs(Slot<V> slot, long weight) {
        boolean fits = slot.removed || allowance.take(slot.owner, 0, weight - slot.weight);
        if (fits) {
            slot.weight = weight;
        }
        return fits;
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
        slot.removed = true;
        allowance.give(slot.owner, 1, slot.weight);
    }

    /** One value and when it expires. */
    static final class Slot<V> {
        private final String owner;
        private volatile V value;
        private volatile long expiry;
        private long weight; // changed with the lock of the shelf and of the slot, read with either
        private boolean removed; // guarded by the lock of the shelf

        private Slot(String owner, V value, long weight, long expiry) {
            this.owner = owner;
            this.value = value;
            this.weight = weight;
            this.expiry = expiry;
        }

        V value() {
            return value;
        }

        void keepUntil(long later) {
            expiry = later;
        }
    }
}
