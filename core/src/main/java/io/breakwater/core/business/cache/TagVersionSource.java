package io.breakwater.core.business.cache;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows the version of each tag, in agreement with the other servers of the deployment while the shared tier is
 * available. A failure of the shared tier is never an exception. Thread-safe.
 */
public interface TagVersionSource {

    /** Returns the versions of these tags, or null if this process must {@link #fetch} them. Never blocks. */
    @Nullable
    TagVersions getIfKnown(List<TagId> tags);

    /** Returns the versions of these tags. May wait for a limited time. */
    TagVersions fetch(List<TagId> tags) throws InterruptedException;

    /** Returns false if one of the tags has been invalidated since, or may have been. Never blocks. */
    boolean unchanged(TagVersions versions);

    /**
     * Gives each of these tags a new version, on every server. Returns when this server uses the new versions; the
     * other servers are notified by then, or as soon as they can be reached. Waits for a limited time.
     */
    void increment(Set<TagId> tags);
}
