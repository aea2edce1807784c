package io.breakwater.server;

import io.breakwater.core.business.cache.CachePolicy;
import io.breakwater.core.business.cache.ResultCache;
import io.breakwater.core.business.cache.TagId;
import io.breakwater.core.data.cache.LocalTier;
import io.breakwater.core.data.cache.SharedTier;
import io.breakwater.core.data.cache.SharedTierProbe;
import io.breakwater.core.data.cache.SharedTierSettings;
import io.breakwater.core.data.cache.TagVersionSettings;
import io.breakwater.core.data.cache.TagVersionStore;
import io.breakwater.core.data.cache.TwoTierCache;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.cache.ResultCacheService;
import io.breakwater.port.driven.Dependency;
import io.breakwater.server.execution.ServerExecutors;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Creates and connects the components of the result cache. */
final class CacheAssembly implements AutoCloseable {
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final ResultCacheService service;
    private final SharedTier sharedTier;
    private final TagVersionStore tags;
    private final List<Dependency> dependencies;

    private CacheAssembly(
            ResultCacheService service, SharedTier sharedTier, TagVersionStore tags, List<Dependency> dependencies) {
        this.service = service;
        this.sharedTier = sharedTier;
        this.tags = tags;
        this.dependencies = dependencies;
    }

    static CacheAssembly of(
            BreakwaterBuilder builder, LongSupplier accessEpoch, ServerExecutors executors, ServerMetrics metrics) {
        var settings = builder.cacheSettings;
        var deployment = builder.deployment == null ? builder.name : builder.deployment;
        var localMetrics = metrics.cache("memory");
        var capacity = builder.capacity.cache();
        var localTier = new LocalTier(capacity.entries(), capacity.bytes(), executors, localMetrics);
        var ports = new SharedTier.Ports(builder.cache, builder.eventBus, builder.leases);
        boolean isLocal = !isShared(builder);
        var sharedMetrics = isLocal ? localMetrics : metrics.cache("shared");
        var sharedTier = new SharedTier(ports, settings.timeout(), settings.breakerPeriod(), executors, sharedMetrics);
        var allTags = TagId.all(deployment);
        var tags = new TagVersionStore(
                sharedTier,
                new TagVersionSettings("cache:" + allTags.digest().hex(), allTags, settings.tags()),
                executors,
                localMetrics,
                RANDOM,
                localTier::clear);
        var tierSettings =
                new SharedTierSettings(UUID.randomUUID().toString(), settings.leaseWait(), settings.maxResultBytes());
        var tiers = new TwoTierCache(localTier, sharedTier, tierSettings, executors, sharedMetrics);
        var policy = new CachePolicy(deployment, settings.jitter(), settings.maxResultBytes(), settings.leaseWait());
        var cache = new ResultCache(tiers, tags, policy, executors.clock(), RANDOM);
        var defaults = new ResultCacheService.CacheDefaults(
                deployment,
                settings.staleWhileRevalidate(),
                settings.staleIfError(),
                settings.refreshes(),
                builder.limits.deadline());
        var service = new ResultCacheService(cache, defaults, accessEpoch, executors, localMetrics, metrics.loads());
        return new CacheAssembly(
                service, sharedTier, tags.start(), isLocal ? List.of() : List.of(SharedTierProbe.of(sharedTier, tags)));
    }

    /** Returns whether a part of the cache is outside the process, so that the health report covers it. */
    static boolean isShared(BreakwaterBuilder builder) {
        return builder.cache != null || builder.eventBus != null;
    }

    ResultCacheService service() {
        return service;
    }

    SharedTier sharedTier() {
        return sharedTier;
    }

    /** Returns the dependencies that the health report covers. */
    List<Dependency> dependencies() {
        return dependencies;
    }

    @Override
    public void close() {
        tags.close();
    }
}
