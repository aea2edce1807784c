package io.breakwater.core.presentation.protocol.common;

import java.util.LinkedHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stores computed values up to a total weight. Those that were not used for longest are removed first. Two threads that
 * miss a value at the same time both compute it. Thread-safe; its lock is never held while a value is computed.
 */
final class BoundedCache<K, V> {
    private final long maxWeight;
    private final ToIntFunction<V> weigher;
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true); // guarded by this
    private long weight; // guarded by this

    BoundedCache(long maxWeight, ToIntFunction<V> weigher) {
        this.maxWeight = maxWeight;
        this.weigher = weigher;
    }

    V get(K key, Function<K, V> computation) {
        var known = find(key);
        return known == null ? add(key, computation.apply(key)) : known;
    }

    private synchronized @Nullable V find(K key) {
        return entries.get(key);
    }

    private synchronized V add(K key, V value) {
        var other = entries.putIfAbsent(key, value);
        if (other != null) {
            return other;
        }
        weight += weigher.applyAsInt(value);
        var oldest = entries.values().iterator();
        while (weight > maxWeight && oldest.hasNext()) {
            weight -= weigher.applyAsInt(oldest.next());
            oldest.remove();
        }
        return value;
    }

    synchronized long weight() {
        return weight;
    }
}
