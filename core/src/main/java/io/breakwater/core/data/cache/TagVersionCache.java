package io.breakwater.core.data.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.core.business.cache.TagId;
import io.breakwater.server.execution.ServerExecutors;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tag versions that this process knows, limited in number. A version that is read from the shared tier may be
 * outdated by an invalidation that arrives during the read; a {@linkplain #stamp stamp} taken before the read detects
 * that. Thread-safe.
 */
final class TagVersionCache {
    private static final int STAMPS = 256;

    private final Cache<TagId, CachedVersion> versions;
    private final AtomicLongArray stamps = new AtomicLongArray(STAMPS);

    /**
     * A tag version as this process knows it.
     *
     * @param number the version
     * @param since when it was read, in {@code ServerExecutors.nanoTime()}
     * @param local true if this process created the version and no other server knows it
     */
    record CachedVersion(long number, long since, boolean local) {}

    TagVersionCache(int maxTags, ServerExecutors executors) {
        this.versions = Caffeine.newBuilder()
                .maximumSize(maxTags)
                .executor(executors.virtualThreads())
                .build();
    }

    @Nullable
    CachedVersion get(TagId tag) {
        return versions.getIfPresent(tag);
    }

    CachedVersion getOrCreate(TagId tag, Supplier<CachedVersion> creator) {
        return versions.get(tag, missing -> creator.get());
    }

    /** Returns a number that changes whenever the tag is removed. */
    long stamp(TagId tag) {
        return stamps.get(slot(tag));
    }

    /** Stores a version that was read, unless the tag has been removed since the stamp was taken. */
    void putIfUnchanged(TagId tag, CachedVersion version, long stamp) {
        versions.asMap().compute(tag, (same, before) -> stamp(tag) == stamp ? version : before);
    }

    /** Stores a version that this process created. */
    void putLocal(TagId tag, CachedVersion version) {
        stamps.incrementAndGet(slot(tag));
        versions.put(tag, version);
    }

    void remove(TagId tag) {
        stamps.incrementAndGet(slot(tag));
        versions.invalidate(tag);
    }

    void removeAll() {
        for (int slot = 0; slot < STAMPS; slot++) {
            stamps.incrementAndGet(slot);
        }
        versions.invalidateAll();
    }

    private static int slot(TagId tag) {
        return (int) (tag.digest().first() & (STAMPS - 1));
    }
}
