package io.breakwater.core.data.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.core.business.cache.TagId;
import io.breakwater.server.execution.ServerExecutors;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process believes of the generations of tags, bounded in number. What is read elsewhere may have been
 * overtaken by the news that a tag is in another generation; a {@linkplain #stamp stamp} taken before the reading finds
 * that out. Thread-safe.
 */
final class TagVersionCache {
    private static final int STAMPS = 256;

    private final Cache<TagId, Believed> believed;
    private final AtomicLongArray stamps = new AtomicLongArray(STAMPS);

    /**
     * A generation.
     *
     * @param number the generation
     * @param since when it was read, on the clock of {@code ServerExecutors.nanos()}
     * @param local true when it was drawn by this process and nobody else knows it
     */
    record Believed(long number, long since, boolean local) {}

    TagVersionCache(int most, ServerExecutors lanes) {
        this.believed = Caffeine.newBuilder()
                .maximumSize(most)
                .executor(lanes.virtualThreads())
                .build();
    }

    @Nullable
    Believed get(TagId tag) {
        return believed.getIfPresent(tag);
    }

    Believed getOr(TagId tag, Supplier<Believed> otherwise) {
        return believed.get(tag, missing -> otherwise.get());
    }

    /** Grows whenever the tag is forgotten. */
    long stamp(TagId tag) {
        return stamps.get(slot(tag));
    }

    /** Believes what was read, unless the tag has been forgotten since the stamp. */
    void read(TagId tag, Believed read, long stamp) {
        believed.asMap().compute(tag, (same, before) -> stamp(tag) == stamp ? read : before);
    }

    /** Believes what was drawn. */
    void draw(TagId tag, Believed drawn) {
        stamps.incrementAndGet(slot(tag));
        believed.put(tag, drawn);
    }

    void forget(TagId tag) {
        stamps.incrementAndGet(slot(tag));
        believed.invalidate(tag);
    }

    void forgetAll() {
        for (int slot = 0; slot < STAMPS; slot++) {
            stamps.incrementAndGet(slot);
        }
        believed.invalidateAll();
    }

    private static int slot(TagId tag) {
        return (int) (tag.digest().first() & (STAMPS - 1));
    }
}
