package io.breakwater.core.presentation.cache;

import io.breakwater.core.business.cache.CachePartition;
import io.breakwater.core.business.cache.CacheRequest;
import io.breakwater.core.business.cache.CacheSlot;
import io.breakwater.core.business.cache.EntryLifetime;
import io.breakwater.core.business.cache.Freshness;
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
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.ToolDefinition.CacheRule;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the structured results of tools that declare a cache rule, lets one call load a result that several calls
 * request, and invalidates results by tag. Each call has its own {@link CachedCall}.
 */
@OutageBehavior(
        guard = "cache invalidation",
        dependency = GuardDependency.APPLICATION_CODE,
        failure = "throwing in a function for tags",
        effect = OutageEffect.DEGRADE,
        behavior = "All tagged results are invalidated.",
        recovery = "Correct the function.",
        signal = "log line `A tool failed to name the results that it invalidates`",
        details = "caching.md#what-is-cached")
public final class ResultCacheService implements CacheInvalidator {
    private static final Logger LOG = LoggerFactory.getLogger(ResultCacheService.class);
    private static final CachePartition SHARED = new CachePartition.Shared();

    private final ResultCache cache;
    private final CacheDefaults defaults;
    private final LongSupplier epoch;
    private final ServerExecutors executors;
    private final CacheMeter meter;
    private final CacheLoadMeter loadMeter;
    private final SingleFlight<CacheResult> singleFlight = new SingleFlight<>();
    private final BackgroundRefresher refresher;

    /**
     * Creates the service over that result cache.
     *
     * @param epoch supplies the epoch of the access rules; results of another epoch are not found
     */
    public ResultCacheService(
            ResultCache cache,
            CacheDefaults defaults,
            LongSupplier epoch,
            ServerExecutors executors,
            CacheMeter meter,
            CacheLoadMeter loadMeter) {
        this.cache = cache;
        this.epoch = epoch;
        this.defaults = defaults;
        this.executors = executors;
        this.meter = meter;
        this.loadMeter = loadMeter;
        this.refresher = new BackgroundRefresher(this, defaults, executors);
    }

    /**
     * Defaults for tools whose cache rule leaves a value out.
     *
     * @param deployment the name that all servers of a deployment share; servers with different names share no results
     * @param staleWhileRevalidate see {@link CacheRule}
     * @param staleIfError see {@link CacheRule}
     * @param refreshes the maximum number of background refreshes at the same time
     * @param deadline the timeout of a background refresh
     */
    public record CacheDefaults(
            String deployment,
            Duration staleWhileRevalidate,
            Duration staleIfError,
            int refreshes,
            Duration deadline) {}

    ResultCache cache() {
        return cache;
    }

    SingleFlight<CacheResult> singleFlight() {
        return singleFlight;
    }

    void count(CacheOperation operation) {
        meter.record(operation);
    }

    // ---- calls ------------------------------------------------------------------------------------------------------

    /** Returns the cached call for this call, or null when its tool has no cache rule. */
    @Nullable
    public CachedCall cachedCall(ToolEntry tool, ParsedJson arguments, ActiveCall call) {
        var rule = tool.definition().cache();
        if (rule == null) {
            return null;
        }
        return new CachedCall(this, request(tool, rule, arguments, call), new CacheLoad(tool, arguments, call));
    }

    private CacheRequest request(ToolEntry tool, CacheRule rule, ParsedJson arguments, ActiveCall call) {
        var principal = call.principal();
        var partition = rule.shared() ? SHARED : new CachePartition.Own(principal.tenant(), principal.fingerprint());
        return new CacheRequest(
                tool.source(epoch.getAsLong(), this::source),
                partition,
                arguments.json(),
                cache.tags(tool.tags(arguments)),
                lifetime(rule));
    }

    /**
     * Returns what a call would find in the memory of this server, without an effect on the cache: {@code hit} or {@code
     * stale} if it would return this result, {@code miss} if it would run the tool, {@code unknown} if another server may
     * have the result, and {@code none} if results of the tool are not cached.
     */
    public String peek(ToolEntry tool, ParsedJson arguments, ActiveCall call) {
        var rule = tool.definition().cache();
        if (rule == null) {
            return "none";
        }
        var slot = cache.slotIfKnown(request(tool, rule, arguments, call));
        var hit = slot == null ? null : cache.getLocal(slot);
        if (hit != null && hit.freshness() != Freshness.STALE_IF_ERROR) {
            return hit.freshness() == Freshness.FRESH ? "hit" : "stale";
        }
        return slot == null || cache.hasSharedTier() ? "unknown" : "miss";
    }

    private ResultSource source(ToolEntry tool, long policyEpoch) {
        var rule = tool.definition().cache();
        var dataSource = rule == null ? "" : rule.dataSource();
        return new ResultSource(defaults.deployment(), dataSource, tool.name(), tool.digest(), policyEpoch);
    }

    private EntryLifetime lifetime(CacheRule rule) {
        var whileRevalidate = rule.staleWhileRevalidate();
        var ifError = rule.staleIfError();
        return new EntryLifetime(
                rule.ttl(),
                whileRevalidate == null ? defaults.staleWhileRevalidate() : whileRevalidate,
                ifError == null ? defaults.staleIfError() : ifError);
    }

    /** Refreshes the result in the background, unless a refresh runs already. */
    void refresh(CacheSlot slot, CacheLoad load) {
        refresher.refresh(slot, load);
    }

    static ToolResult toResult(byte[] stored) {
        return ToolResult.structured(new Json.Raw(stored));
    }

    ToolResult recordDuration(Callable<ToolResult> work) throws Exception {
        long started = executors.nanoTime();
        var result = work.call();
        loadMeter.record(executors.nanoTime() - started);
        return result;
    }

    /** Stores a result, unless it is an error or has more than structured content; false when it is not stored. */
    boolean store(CacheSlot slot, ToolResult result) {
        var structured = result.structured();
        if (structured == null
                || result.isError()
                || !result.content().isEmpty()
                || !result.meta().members().isEmpty()) {
            cache.releaseLease(slot);
            return false;
        }
        return cache.put(slot, JsonWriter.bytes(structured));
    }

    /** Removes all results from this server's memory, and invalidates all tagged results of the deployment. */
    public void clear() {
        cache.clear();
    }

    // ---- invalidation -----------------------------------------------------------------------------------------------

    @Override
    public void invalidate(Supplier<Set<String>> tags) {
        Set<String> invalidated;
        try {
            invalidated = tags.get();
        } catch (RuntimeException unknown) {
            LOG.warn(
                    "A tool failed to name the results that it invalidates; all cached results are invalidated",
                    unknown);
            cache.invalidateAll();
            return;
        }
        cache.invalidate(invalidated);
    }

    @Override
    public void invalidateLater(Supplier<Set<String>> tags) {
        try {
            executors.virtualThreads().execute(() -> invalidate(tags));
        } catch (RejectedExecutionException closing) {
            LOG.debug(
                    "The server is closing; results that this call invalidates stay cached until they expire", closing);
        }
    }
}
