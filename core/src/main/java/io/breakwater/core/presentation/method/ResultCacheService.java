package io.breakwater.core.presentation.method;

import io.breakwater.core.business.cache.CachePartition;
import io.breakwater.core.business.cache.CacheRequest;
import io.breakwater.core.business.cache.CacheSlot;
import io.breakwater.core.business.cache.EntryLifetime;
import io.breakwater.core.business.cache.ResultCache;
import io.breakwater.core.business.cache.ResultSource;
import io.breakwater.core.business.cache.SingleFlight;
import io.breakwater.core.metrics.CacheLoadMeter;
import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.catalog.CacheInvalidator;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.ToolDefinition.CacheRule;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers structured results of tools that say so, lets one call make what many want, and forgets what others have
 * made untrue. Each call has a {@link CachedCall} of its own.
 */
public final class ResultCacheService implements CacheInvalidator {
    private static final Logger LOG = LoggerFactory.getLogger(ResultCacheService.class);
    private static final CachePartition SHARED = new CachePartition.Shared();

    private final ResultCache recall;
    private final Habits habits;
    private final ServerExecutors lanes;
    private final CacheMeter meter;
    private final CacheLoadMeter loads;
    private final SingleFlight<CacheResult> flights = new SingleFlight<>();
    private final BackgroundRefresher refreshes;

    /** A memory over that policy. */
    public ResultCacheService(
            ResultCache recall, Habits habits, ServerExecutors lanes, CacheMeter meter, CacheLoadMeter loads) {
        this.recall = recall;
        this.habits = habits;
        this.lanes = lanes;
        this.meter = meter;
        this.loads = loads;
        this.refreshes = new BackgroundRefresher(this, habits, lanes);
    }

    /**
     * What holds for tools that do not say otherwise.
     *
     * @param deployment names the servers that may share results
     * @param staleWhileRevalidate see {@link CacheRule}
     * @param staleIfError see {@link CacheRule}
     * @param refreshes how many results may be made anew at a time while stale ones are given
     * @param deadline how long that may take
     */
    public record Habits(
            String deployment,
            Duration staleWhileRevalidate,
            Duration staleIfError,
            int refreshes,
            Duration deadline) {}

    ResultCache recall() {
        return recall;
    }

    SingleFlight<CacheResult> flights() {
        return flights;
    }

    void count(CacheOperation operation) {
        meter.record(operation);
    }

    // ---- a call ----------------------------------------------------------------------------------------------------

    /** How this call comes to its result; null when results of its tool are not kept. */
    @Nullable
    CachedCall recollection(ToolEntry tool, ParsedJson arguments, ActiveCall call) {
        var rule = tool.definition().cache();
        if (rule == null) {
            return null;
        }
        var principal = call.principal();
        var partition = rule.shared() ? SHARED : new CachePartition.Own(principal.tenant(), principal.id());
        var question = new CacheRequest(
                tool.source(this::source), partition, arguments.json(), recall.tags(tool.tags(arguments)), life(rule));
        return new CachedCall(this, question, new CacheLoad(tool, arguments, call));
    }

    private ResultSource source(ToolEntry tool) {
        var rule = tool.definition().cache();
        var dataSource = rule == null ? "" : rule.dataSource();
        return new ResultSource(habits.deployment(), dataSource, tool.name(), tool.digest(), 0);
    }

    private EntryLifetime life(CacheRule rule) {
        var whileRevalidate = rule.staleWhileRevalidate();
        var ifError = rule.staleIfError();
        return new EntryLifetime(
                rule.ttl(),
                whileRevalidate == null ? habits.staleWhileRevalidate() : whileRevalidate,
                ifError == null ? habits.staleIfError() : ifError);
    }

    /** Makes a newer result in the background, unless that is being done. */
    void refresh(CacheSlot place, CacheLoad errand) {
        refreshes.begin(place, errand);
    }

    static ToolResult read(byte[] kept) {
        return ToolResult.structured(new Json.Raw(kept));
    }

    ToolResult timed(Callable<ToolResult> work) throws Exception {
        long began = lanes.nanoTime();
        var result = work.call();
        loads.record(lanes.nanoTime() - began);
        return result;
    }

    /** Keeps what is worth keeping: never an error, and nothing that is more than its structured content. */
    boolean keep(CacheSlot place, ToolResult result) {
        var structured = result.structured();
        if (structured == null
                || result.isError()
                || !result.content().isEmpty()
                || !result.meta().members().isEmpty()) {
            recall.releaseLease(place);
            return false;
        }
        return recall.put(place, JsonWriter.bytes(structured));
    }

    // ---- what is no longer true ------------------------------------------------------------------------------------

    @Override
    public void now(Supplier<Set<String>> tags) {
        Set<String> untrue;
        try {
            untrue = tags.get();
        } catch (RuntimeException unknown) {
            LOG.warn("A tool does not say which results it made untrue: none is given any more", unknown);
            recall.invalidateAll();
            return;
        }
        recall.invalidate(untrue);
    }

    @Override
    public void soon(Supplier<Set<String>> tags) {
        try {
            lanes.virtualThreads().execute(() -> now(tags));
        } catch (RejectedExecutionException closing) {
            LOG.debug("The server is closing; what may have become untrue ends with its time", closing);
        }
    }
}
