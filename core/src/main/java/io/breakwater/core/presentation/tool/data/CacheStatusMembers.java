package io.breakwater.core.presentation.tool.data;

import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;

/** What is true of one call alone, and so is added after the cache was asked. */
record CacheStatusMembers(
        @Description(STATUS) @Name("cache_status") @AllowedValues({"hit", "stale", "miss", "bypass"})
        String cacheStatus,

        @Description("The environment of the server that answered.") @Name("server_environment")
        String serverEnvironment) {

    static final String STATUS =
            "hit: kept from an earlier equal call; stale: kept, and past its time; miss: computed now"
                    + " and kept; bypass: computed now, not kept.";

    static CacheStatusMembers of(CacheStatus status, String environment) {
        return new CacheStatusMembers(status.wire(), environment);
    }
}
