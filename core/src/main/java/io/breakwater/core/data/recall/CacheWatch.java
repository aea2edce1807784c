package io.breakwater.core.data.recall;

import io.breakwater.port.Failure;
import io.breakwater.port.driven.Dependency;

/** The shared cache as a dependency: without it a server goes on, and says that it does less. */
public final class CacheWatch {
    private CacheWatch() {}

    /** Asks these. */
    public static Dependency of(Beyond beyond, Tags tags) {
        return Dependency.optional("cache", scope -> {
            beyond.check();
            if (!tags.hears()) {
                throw new Failure.Unavailable(
                        "The event bus is not connected; what other servers invalidate is not heard.", null, null);
            }
        });
    }
}
