package io.breakwater.server;

import io.breakwater.core.business.cache.CachePolicy;
import io.breakwater.core.business.cache.ResultCache;
import io.breakwater.core.business.cache.TagId;
import io.breakwater.core.data.cache.LocalTier;
import io.breakwater.core.data.cache.SharedTier;
import io.breakwater.core.data.cache.SharedTierProbe;
import io.breakwater.core.data.cache.TagVersionStore;
import io.breakwater.core.data.cache.TwoTierCache;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.method.ResultCacheService;
import io.breakwater.port.driven.Dependency;
import io.breakwater.server.execution.ServerExecutors;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The rooms of the result cache, joined. */
final class CacheAssembly implements AutoCloseable {
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final ResultCacheService memory;
    private final TagVersionStore tags;
    private final List<Dependency> dependencies;

    private CacheAssembly(ResultCacheService memory, TagVersionStore tags, List<Dependency> dependencies) {
        this.memory = memory;
        this.tags = tags;
        this.dependencies = dependencies;
    }

    static CacheAssembly of(BreakwaterBuilder plan, ServerExecutors lanes, ServerMetrics meters) {
        var settings = plan.cacheSettings;
        var deployment = plan.deployment == null ? plan.name : plan.deployment;
        var near = meters.cache("memory");
        var room = plan.capacity.cache();
        var first = new LocalTier(room.entries(), room.bytes(), lanes, near);
        var ports = new SharedTier.Ports(plan.cache, plan.eventBus, plan.leases);
        boolean alone = !isShared(plan);
        var far = alone ? near : meters.cache("shared");
        var beyond = new SharedTier(ports, settings.timeout(), settings.breakerPeriod(), lanes, far);
        var every = TagId.all(deployment);
        var tags = new TagVersionStore(
                beyond,
                new TagVersionStore.Settings("cache:" + every.digest().hex(), every, settings.tags()),
                lanes,
                near,
                RANDOM,
                first::clear);
        var between = new TwoTierCache.Settings(
                UUID.randomUUID().toString(), settings.leaseWait(), settings.maxResultBytes());
        var tiers = new TwoTierCache(first, beyond, between, lanes, far);
        var policy = new CachePolicy(deployment, settings.jitter(), settings.maxResultBytes(), settings.leaseWait());
        var recall = new ResultCache(tiers, tags, policy, lanes.clock(), RANDOM);
        var habits = new ResultCacheService.Habits(
                deployment,
                settings.staleWhileRevalidate(),
                settings.staleIfError(),
                settings.refreshes(),
                plan.limits.deadline());
        var memory = new ResultCacheService(recall, habits, lanes, near, meters.loads());
        return new CacheAssembly(memory, tags.begin(), alone ? List.of() : List.of(SharedTierProbe.of(beyond, tags)));
    }

    /** Whether anything of the cache is outside of the process, so that its health is watched. */
    static boolean isShared(BreakwaterBuilder plan) {
        return plan.cache != null || plan.eventBus != null;
    }

    ResultCacheService memory() {
        return memory;
    }

    /** What the health report should watch. */
    List<Dependency> dependencies() {
        return dependencies;
    }

    @Override
    public void close() {
        tags.close();
    }
}
