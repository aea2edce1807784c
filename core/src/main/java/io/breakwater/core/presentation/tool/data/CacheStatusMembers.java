package io.breakwater.core.presentation.tool.data;

import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;

/** The members that belong to one call, and that are added after the cache lookup. */
record CacheStatusMembers(
        @Description(STATUS) @Name("cache_status") @AllowedValues({"hit", "stale", "miss", "bypass"})
        String cacheStatus,

        @Description("The environment of the server that handled the call.") @Name("server_environment")
        String serverEnvironment) {

    static final String STATUS = "hit: cached by an earlier equal call. stale: cached, and older than its TTL. miss:"
            + " computed by this call and cached. bypass: computed by this call and not cached.";

    static CacheStatusMembers of(CacheStatus status, String environment) {
        return new CacheStatusMembers(status.wireName(), environment);
    }
}
