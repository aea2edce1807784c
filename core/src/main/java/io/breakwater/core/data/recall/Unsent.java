package io.breakwater.core.data.recall;

import io.breakwater.core.business.recall.TagId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Tags that have entered another generation without all servers being told yet. When they become too many, the tag that
 * every result carries takes their place. Thread-safe.
 */
final class Unsent {
    private static final int MOST = 256;

    private final TagId every;
    private final Set<TagId> tags = new HashSet<>(); // guarded by this

    Unsent(TagId every) {
        this.every = every;
    }

    synchronized void add(Collection<TagId> more) {
        tags.addAll(more);
        if (tags.size() > MOST) {
            tags.clear();
            tags.add(every);
        }
    }

    synchronized void remove(Collection<TagId> sent) {
        sent.forEach(tags::remove);
    }

    synchronized Set<TagId> all() {
        return Set.copyOf(tags);
    }
}
