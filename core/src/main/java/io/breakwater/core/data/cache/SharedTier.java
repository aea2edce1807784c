package io.breakwater.core.data.cache;

import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.Leases;
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
