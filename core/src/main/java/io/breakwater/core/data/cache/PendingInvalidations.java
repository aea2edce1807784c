package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.TagId;
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
final class PendingInvalidations {
    private static final int MOST = 256;
    private static final long RECENT = Duration.ofSeconds(10).toNanos();

    private final TagId every;
    private final LongSupplier nanos;
    private final Map<TagId, Told> tags = new HashMap<>(); // guarded by this

    private long count; // of openings; guarded by this

    /** Told or not, since when, and by which opening it was to be told last. */
    private record Told(boolean told, long since, long opening) {}

    /**
     * What is to be told.
     *
     * @param opening the last one it takes into account
     */
    record Untold(Set<TagId> tags, long opening) {}

    PendingInvalidations(TagId every, LongSupplier nanos) {
        this.every = every;
        this.nanos = nanos;
    }

    /** These are to be told; returns which opening this is. */
    synchronized long begin(Collection<TagId> renewed) {
        count++;
        put(renewed, false, count);
        return count;
    }

    /** These have been told, unless they were opened again after that opening. */
    synchronized void published(Collection<TagId> renewed, long opening) {
        var still = renewed.stream().filter(tag -> !openedAfter(tag, opening)).toList();
        put(still, true, opening);
    }

    private boolean openedAfter(TagId tag, long opening) {
        var last = tags.getOrDefault(tag, tags.get(every));
        return last != null && last.opening() > opening;
    }

    private void put(Collection<TagId> renewed, boolean told, long opening) {
        long now = nanos.getAsLong();
        renewed.forEach(tag -> tags.put(tag, new Told(told, now, opening)));
        if (tags.size() > MOST) {
            tags.values().removeIf(one -> one.told() && now - one.since() > RECENT);
        }
        if (tags.size() > MOST) {
            boolean all = allPublished();
            tags.clear();
            tags.put(every, new Told(all, now, count));
        }
    }

    /** Those that nobody, or not everybody, has been told. */
    synchronized Untold unpublished() {
        var untold = tags.entrySet().stream()
                .filter(tag -> !tag.getValue().told())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        return new Untold(untold, count);
    }

    /** True when everybody has been told everything. */
    synchronized boolean allPublished() {
        return tags.values().stream().allMatch(Told::told);
    }

    /** True when they became too many, and everybody is to be told so. */
    synchronized boolean overflowed() {
        var all = tags.get(every);
        return all != null && !all.told();
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
