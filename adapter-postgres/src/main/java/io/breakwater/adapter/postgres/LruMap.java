package io.breakwater.adapter.postgres;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;

/**
 * Maps of which only so many entries are kept: those that are asked for seldom and not of late go first. Asking takes
 * no lock: all calls of a server share these maps.
 */
public final class LruMap {
    private LruMap() {}

    /** An empty one. Thread-safe. */
    public static <K, V> Map<K, V> atMost(int most) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .executor(Runnable::run)
                .<K, V>build()
                .asMap();
    }
}
