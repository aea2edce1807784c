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
 * Invalidated tags that have not been written and published yet. For a short time it also remembers those that have: a
 * store that fails over may lose its last writes. If there are too many tags, the tag that every result carries
 * replaces them. Thread-safe.
 */
final class PendingInvalidations {
    private static final int MAX_TAGS = 256;
    private static final long RECENT = Duration.ofSeconds(10).toNanos();

    private final TagId allTag;
    private final LongSupplier nanos;
    private final Map<TagId, State> tags = new HashMap<>(); // guarded by this

    private long count; // of invalidations; guarded by this

    /**
     * The state of one tag.
     *
     * @param published true if the invalidation was written and published
     * @param since when the state last changed, in nanoseconds
     * @param sequence the number of the latest invalidation of the tag
     */
    private record State(boolean published, long since, long sequence) {}

    /**
     * Invalidations that are not published yet.
     *
     * @param sequence the number of the latest invalidation that is included
     */
    record Unpublished(Set<TagId> tags, long sequence) {}

    PendingInvalidations(TagId allTag, LongSupplier nanos) {
        this.allTag = allTag;
        this.nanos = nanos;
    }

    /** Adds invalidated tags; returns the number of this invalidation. */
    synchronized long begin(Collection<TagId> invalidated) {
        count++;
        put(invalidated, false, count);
        return count;
    }

    /** Marks tags as published, unless they were invalidated again after {@code sequence}. */
    synchronized void published(Collection<TagId> invalidated, long sequence) {
        var current = invalidated.stream()
                .filter(tag -> !invalidatedAfter(tag, sequence))
                .toList();
        put(current, true, sequence);
    }

    private boolean invalidatedAfter(TagId tag, long sequence) {
        var last = tags.getOrDefault(tag, tags.get(allTag));
        return last != null && last.sequence() > sequence;
    }

    private void put(Collection<TagId> invalidated, boolean published, long sequence) {
        long now = nanos.getAsLong();
        invalidated.forEach(tag -> tags.put(tag, new State(published, now, sequence)));
        if (tags.size() > MAX_TAGS) {
            tags.values().removeIf(state -> state.published() && now - state.since() > RECENT);
        }
        if (tags.size() > MAX_TAGS) {
            boolean all = allPublished();
            tags.clear();
            tags.put(allTag, new State(all, now, count));
        }
    }

    /** Returns the tags that are not published yet. */
    synchronized Unpublished unpublished() {
        var waiting = tags.entrySet().stream()
                .filter(tag -> !tag.getValue().published())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        return new Unpublished(waiting, count);
    }

    /** Returns true if all invalidations are published. */
    synchronized boolean allPublished() {
        return tags.values().stream().allMatch(State::published);
    }

    /** Returns true if there were too many tags, so that the tag of all results is to be published. */
    synchronized boolean overflowed() {
        var all = tags.get(allTag);
        return all != null && !all.published();
    }

    /** Returns the unpublished tags and those that were published a short time ago. */
    synchronized Set<TagId> recentOrUnpublished() {
        long now = nanos.getAsLong();
        return tags.entrySet().stream()
                .filter(tag ->
                        !tag.getValue().published() || now - tag.getValue().since() <= RECENT)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
