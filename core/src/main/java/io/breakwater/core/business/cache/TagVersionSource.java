package io.breakwater.core.business.cache;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows which generation each tag is in, in agreement with the other servers of the deployment as far as they can be
 * reached. Trouble beyond the process is never an exception. Thread-safe.
 */
public interface TagVersionSource {

    /** The generations of these tags as far as this process knows; null when it must {@link #fetch}. Never blocks. */
    @Nullable
    TagVersions getIfKnown(List<TagId> tags);

    /** The generations of these tags. May wait for a bounded time. */
    TagVersions fetch(List<TagId> tags) throws InterruptedException;

    /** False when one of them has been invalidated meanwhile, or may have been. Never blocks. */
    boolean unchanged(TagVersions generations);

    /**
     * Begins another generation of each of these tags, on every server. Returns when this one sees it, and the others
     * have been told or will be as soon as they can be reached; waits for a bounded time.
     */
    void increment(Set<TagId> tags);
}
