package io.breakwater.core.data.cache;

import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.Leases;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of the cache outside this process, as far as it is configured: the store with its leases behind one circuit
 * breaker, and the event bus behind another. If the event bus fails, the store is still used; this server then learns
 * about invalidations from the store only. Thread-safe.
 */
@OutageBehavior(
        guard = "result cache",
        dependency = GuardDependency.REDIS,
        failure = "down or frozen",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Each server uses its own memory, and several servers may compute one result at the same time. Calls "
                        + "wait at most `cache.timeout` in total, and after the first failure not at all.",
        recovery = "The server uses Redis again after the next probe; invalidations of the meantime are written first.",
        signal = "health cause `cache`; `mcp_cache_operations_total{type=\"error\"}`",
        details = "caching.md#when-redis-is-down")
@OutageBehavior(
        guard = "result cache",
        dependency = GuardDependency.REDIS,
        failure = "slow",
        effect = OutageEffect.DEGRADE,
        behavior =
                "After two slow responses in succession, or one that takes longer than `cache.timeout`, calls do not use "
                        + "Redis.",
        recovery = "The server uses Redis again after the next probe.",
        signal = "health cause `cache`",
        details = "caching.md#when-redis-is-down")
@OutageBehavior(
        guard = "result cache",
        dependency = GuardDependency.REDIS,
        failure = "full or read-only",
        effect = OutageEffect.DEGRADE,
        behavior = "The same as if Redis were down, although it answers reads.",
        recovery = "The server uses Redis again when it accepts a small write.",
        signal = "health cause `cache`, with the reason",
        details = "caching.md#when-redis-is-down")
@OutageBehavior(
        guard = "result cache",
        dependency = GuardDependency.REDIS,
        failure = "with foreign or corrupt values",
        effect = OutageEffect.DEGRADE,
        behavior =
                "A value that is corrupt, of another type or key, or too large is a miss, and no more of it is read than "
                        + "`redis.value-bytes`.",
        recovery = "The computed result replaces it.",
        signal = "`mcp_cache_operations_total{tier=\"shared\",type=\"miss\"}`",
        details = "caching.md#two-tiers")
@OutageBehavior(
        guard = "result cache",
        dependency = GuardDependency.REDIS,
        failure = "restarted empty",
        effect = OutageEffect.DEGRADE,
        behavior = "Results are computed again. No result from before an invalidation is returned.",
        recovery = "The cache fills by itself.",
        signal = "`mcp_cache_operations_total{tier=\"shared\",type=\"miss\"}`",
        details = "redis.md#when-redis-is-down")
public final class SharedTier {
    private static final String PROBE = "probe";
    private static final Duration PROBE_TTL = Duration.ofMinutes(1);

    private final CheckSignal signal = new CheckSignal();
    private final Ports ports;
    private final ProtectedCall tier;
    private final ProtectedCall bus;

    /**
     * Creates a shared tier with closed breakers.
     *
     * @param timeout the maximum time that one call waits for all its requests together
     * @param period the maximum pause between two probes of an open breaker
     */
    public SharedTier(Ports ports, Duration timeout, Duration period, ServerExecutors executors, CacheMeter meter) {
        var times = new ProtectedCall.Times(timeout, period);
        this.ports = ports;
        this.tier = new ProtectedCall("The shared cache", times, this::probeTier, executors, meter, signal);
        this.bus = new ProtectedCall("The event bus", times, this::probeBus, executors, meter, signal);
    }

    /**
     * The configured ports.
     *
     * @param store the store that the servers share
     * @param bus the channel through which servers notify each other of invalidations
     * @param leases determines which server loads a result
     */
    public record Ports(
            @Nullable CacheStore store,
            @Nullable EventBus bus,
            @Nullable Leases leases) {}

    /** Requests a health check of the cache. */
    CheckSignal signal() {
        return signal;
    }

    Ports ports() {
        return ports;
    }

    ProtectedCall tier() {
        return tier;
    }

    ProtectedCall bus() {
        return bus;
    }

    /**
     * Probes the systems whose breakers are open, and closes these breakers if the systems work. May block.
     *
     * @return for each system whose breaker was open whether it works now, by name
     */
    public Map<String, Boolean> resetBreakers() {
        var result = new LinkedHashMap<String, Boolean>();
        for (var system : List.of(tier, bus)) {
            if (!system.isAvailable()) {
                result.put(system.name(), system.reset());
            }
        }
        return result;
    }

    /** Returns true if there is a store and its breaker is closed. */
    boolean isAvailable() {
        return ports.store() != null && tier.isAvailable();
    }

    /** Returns the store. Must be called only if there is one. */
    CacheStore store() {
        return Objects.requireNonNull(ports.store());
    }

    /** Probes with a write as well: a store that is full or read-only still answers reads, but is not usable. */
    private boolean probeTier() {
        var store = ports.store();
        if (store != null) {
            store.put(PROBE, PROBE.getBytes(StandardCharsets.US_ASCII), PROBE_TTL);
            store.get(PROBE);
        }
        if (ports.leases() != null) {
            ports.leases().release(PROBE, PROBE);
        }
        return true;
    }

    private boolean probeBus() {
        if (ports.bus() != null) {
            ports.bus().publish(PROBE, new byte[0]);
        }
        return true;
    }
}
