package io.breakwater.adapter.postgres.support;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;

/**
 * Creates maps with a maximum size, which evict the entries that are used rarely and not recently. Reads take no lock,
 * because all calls of a server share these maps.
 */
public final class LruMap {
    private LruMap() {}

    /** Creates an empty, thread-safe map of at most {@code maxSize} entries. */
    public static <K, V> Map<K, V> atMost(int maxSize) {
        return Caffeine.newBuilder()
                .maximumSize(maxSize)
                .executor(Runnable::run)
                .<K, V>build()
                .asMap();
    }
}
