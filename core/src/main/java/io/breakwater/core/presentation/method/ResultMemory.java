package io.breakwater.core.presentation.method;

import io.breakwater.core.business.access.Principal;
import io.breakwater.core.business.recall.CacheKey;
import io.breakwater.core.business.recall.Partition;
import io.breakwater.core.business.recall.Recall;
import io.breakwater.core.business.recall.ResultSource;
import io.breakwater.core.meter.CacheMeter;
import io.breakwater.core.meter.CacheOperation;
import io.breakwater.core.presentation.catalog.ToolResult;
import io.breakwater.core.presentation.catalog.registry.ToolEntry;
import io.breakwater.core.presentation.json.Document;
import io.breakwater.core.presentation.json.JsonWriter;
import io.breakwater.port.Json;
import org.jspecify.annotations.Nullable;

/**
 * Remembers structured results of tools that say so. The first tier is in memory, so looking something up never blocks.
 */
public final class ResultMemory {
    private static final String NO_TENANT = "";
    private static final String NO_DATA_SOURCE = "";

    private final Recall recall;
    private final String deployment;
    private final CacheMeter meter;

    /** Results of that deployment. */
    public ResultMemory(Recall recall, String deployment, CacheMeter meter) {
        this.recall = recall;
        this.deployment = deployment;
        this.meter = meter;
    }

    /** Under what the result of this call is kept; null when it is not. */
    @Nullable
    CacheKey key(ToolEntry tool, Document arguments, Principal principal) {
        var rule = tool.definition().cache();
        if (rule == null) {
            return null;
        }
        var source = new ResultSource(deployment, NO_DATA_SOURCE, tool.name(), tool.digest(), 0);
        var partition = rule.shared() ? new Partition.Shared() : new Partition.Own(NO_TENANT, principal.id());
        return CacheKey.of(source, partition, arguments.json());
    }

    @Nullable
    ToolResult find(CacheKey key) {
        var kept = recall.lookup(key).orElse(null);
        meter.record(kept == null ? CacheOperation.MISS : CacheOperation.HIT);
        return kept == null ? null : ToolResult.structured(new Json.Raw(kept));
    }

    /** Keeps what is worth keeping: never an error, and nothing that is more than its structured content. */
    void keep(CacheKey key, ToolEntry tool, ToolResult result) {
        var rule = tool.definition().cache();
        var structured = result.structured();
        if (rule != null
                && structured != null
                && !result.isError()
                && result.content().isEmpty()) {
            recall.keep(key, JsonWriter.bytes(structured), rule.ttl());
        }
    }
}
