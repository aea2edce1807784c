package io.breakwater.core;

import io.breakwater.core.business.cache.Recall;
import io.breakwater.core.business.cache.RecallSettings;
import io.breakwater.core.business.cache.TagId;
import io.breakwater.core.data.cache.Beyond;
import io.breakwater.core.data.cache.CacheWatch;
import io.breakwater.core.data.cache.MemoryTier;
import io.breakwater.core.data.cache.Tags;
import io.breakwater.core.data.cache.Tiers;
import io.breakwater.core.metrics.Meters;
import io.breakwater.core.presentation.method.ResultMemory;
import io.breakwater.core.execution.Lanes;
import io.breakwater.port.driven.Dependency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The rooms of the result cache, joined. */
final class Caching implements AutoCloseable {
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final ResultMemory memory;
    private final Tags tags;
    private final List<Dependency> dependencies;

    private Caching(ResultMemory memory, Tags tags, List<Dependency> dependencies) {
        this.memory = memory;
        this.tags = tags;
        this.dependencies = dependencies;
    }

    static Caching of(BreakwaterBuilder plan, Lanes lanes, Meters meters) {
        var settings = plan.caching;
        var deployment = plan.deployment == null ? plan.name : plan.deployment;
        var near = meters.cache("memory");
        var room = plan.capacity.cache();
        var first = new MemoryTier(room.entries(), room.bytes(), lanes, near);
        var ports = new Beyond.Ports(plan.cache, plan.eventBus, plan.leases);
        boolean alone = !isShared(plan);
        var far = alone ? near : meters.cache("shared");
        var beyond = new Beyond(ports, settings.timeout(), settings.breakerPeriod(), lanes, far);
        var every = TagId.all(deployment);
        var tags = new Tags(
                beyond,
                new Tags.Settings("cache:" + every.digest().hex(), every, settings.tags()),
                lanes,
                near,
                RANDOM,
                first::clear);
        var between = new Tiers.Settings(UUID.randomUUID().toString(), settings.leaseWait(), settings.maxResultBytes());
        var tiers = new Tiers(first, beyond, between, lanes, far);
        var policy = new RecallSettings(deployment, settings.jitter(), settings.maxResultBytes(), settings.leaseWait());
        var recall = new Recall(tiers, tags, policy, lanes.clock(), RANDOM);
        var habits = new ResultMemory.Habits(
                deployment,
                settings.staleWhileRevalidate(),
                settings.staleIfError(),
                settings.refreshes(),
                plan.limits.deadline());
        var memory = new ResultMemory(recall, habits, lanes, near, meters.loads());
        return new Caching(memory, tags.begin(), alone ? List.of() : List.of(CacheWatch.of(beyond, tags)));
    }

    /** Whether anything of the cache is outside of the process, so that its health is watched. */
    static boolean isShared(BreakwaterBuilder plan) {
        return plan.cache != null || plan.eventBus != null;
    }

    ResultMemory memory() {
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
