package io.breakwater.core.presentation.catalog;

import java.util.Set;
import java.util.function.Supplier;

/** Who is told which kept results a call has made untrue, by their tags. */
public interface CacheInvalidator {

    /** They are untrue now; returns when they are given no more. May wait for a bounded time. */
    void now(Supplier<Set<String>> tags);

    /** They may be untrue: nobody waits for the call any more, but it may have done its work. Never blocks. */
    void soon(Supplier<Set<String>> tags);
}
