package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.presentation.catalog.CacheStatus;
import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Name;
import io.breakwater.core.presentation.catalog.schema.OneOf;

/** What is true of one call alone, and so is added after the cache was asked. */
record Served(
        @Describe(STATUS) @Name("cache_status") @OneOf({"hit", "stale", "miss", "bypass"})
        String cacheStatus,

        @Describe("The environment of the server that answered.") @Name("server_environment")
        String serverEnvironment) {

    static final String STATUS =
            "hit: kept from an earlier equal call; stale: kept, and past its time; miss: computed now"
                    + " and kept; bypass: computed now, not kept.";

    static Served of(CacheStatus status, String environment) {
        return new Served(status.wire(), environment);
    }
}
