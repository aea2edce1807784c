package io.breakwater.core.presentation.catalog;

import java.util.Set;
import java.util.function.Supplier;

/** Invalidates cached results by their tags. */
public interface CacheInvalidator {

    /**
     * Invalidates the results with these tags, and returns when no call can receive them any longer. May wait for a
     * bounded time.
     */
    void invalidate(Supplier<Set<String>> tags);

    /**
     * Invalidates the results with these tags without waiting, for a call that was cancelled but may have written.
     * Never blocks.
     */
    void invalidateLater(Supplier<Set<String>> tags);
}
