package io.breakwater.core.data.recall;

import io.breakwater.core.business.recall.TagId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Tags that have entered another generation without everybody having been told yet, and for a moment those of which
 * everybody has: a store that fails over may lose what it was told last. When they become too many, the tag that every
 * result carries takes their place. Thread-safe.
 */
final class Renewals {
    private static final int MOST = 256;
    private static final long RECENT = Duration.ofSeconds(10).toNanos();

    private final TagId every;
    private final LongSupplier nanos;
    private final Map<TagId, Told> tags = new HashMap<>(); // guarded by this

    private record Told(boolean told, long since) {}

    Renewals(TagId every, LongSupplier nanos) {
        this.every = every;
        this.nanos = nanos;
    }

    /** These are to be told. */
    void open(Collection<TagId> renewed) {
        put(renewed, false);
    }

    /** These have been told. */
    void told(Collection<TagId> renewed) {
        put(renewed, true);
    }

    private synchronized void put(Collection<TagId> renewed, boolean told) {
        long now = nanos.getAsLong();
        renewed.forEach(tag -> tags.put(tag, new Told(told, now)));
        if (tags.size() > MOST) {
            tags.values().removeIf(one -> one.told() && now - one.since() > RECENT);
        }
        if (tags.size() > MOST) {
            boolean all = tags.values().stream().allMatch(Told::told);
            tags.clear();
            tags.put(every, new Told(all, now));
        }
    }

    /** Those that nobody, or not everybody, has been told. */
    synchronized Set<TagId> untold() {
        return tags.entrySet().stream()
                .filter(tag -> !tag.getValue().told())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those, and the ones that have been told a moment ago. */
    synchronized Set<TagId> doubtful() {
        long now = nanos.getAsLong();
        return tags.entrySet().stream()
                .filter(tag -> !tag.getValue().told() || now - tag.getValue().since() <= RECENT)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
