package io.breakwater.server;

import io.breakwater.core.business.ratelimit.RateLimiter;
import io.breakwater.core.business.ratelimit.TokenBuckets;
import io.breakwater.core.data.ratelimit.LocalBuckets;
import io.breakwater.core.data.ratelimit.MemoryRateLimits;
import io.breakwater.core.data.ratelimit.RoundMemory;
import io.breakwater.core.data.ratelimit.SharedBuckets;
import io.breakwater.core.metrics.RateLimitMeter;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.interceptor.RateLimitDecisions;
import io.breakwater.port.MetricSink;
import io.breakwater.port.RateLimit;
import io.breakwater.server.execution.ServerExecutors;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates and connects the components of the rate limits. */
final class RateLimitAssembly {
    private final BreakwaterBuilder builder;
    private final ServerExecutors executors;
    private final MetricSink metrics;

    RateLimitAssembly(BreakwaterBuilder builder, ServerExecutors executors, MetricSink metrics) {
        this.builder = builder;
        this.executors = executors;
        this.metrics = metrics;
    }

    /**
     * Creates the limiter.
     *
     * @param registry the catalog, whose tools may have limits of their own
     */
    RateLimitDecisions limiter(Registry registry) {
        var settings = builder.rateLimits;
        var rounds = new RoundMemory(settings.keys(), builder.limits.inputTimeout(), executors);
        var limiter = new RateLimiter(settings, tool -> ownLimit(registry, tool), buckets(), rounds);
        return new RateLimitDecisions(limiter, new RateLimitMeter(metrics), executors.virtualThreads());
    }

    private static @Nullable RateLimit ownLimit(Registry registry, String name) {
        var tool = registry.snapshot().tools().get(name);
        return tool == null ? null : tool.definition().rateLimit();
    }

    private TokenBuckets buckets() {
        var local = new MemoryRateLimits(builder.rateLimits.keys(), executors);
        metrics.gauge("mcp_rate_limit_keys", "Callers and tools that the rate limits count.", Map.of(), local::size);
        if (builder.sharedRateLimits == null) {
            return new LocalBuckets(local);
        }
        var shared = new SharedBuckets(builder.sharedRateLimits, local, builder.rateLimits, executors);
        shared.bindTo(metrics);
        return shared;
    }
}
