package io.breakwater.core.data.cache;

import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.Leases;
import io.breakwater.server.execution.ServerExecutors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What lies beyond the process, as far as there is any: the second tier with its leases behind one breaker, the event
 * bus behind another. A bus that is lost is no reason to do without the tier, which then is all the news there is.
 * Thread-safe.
 */
public final class SharedTier {
    private static final String PROBE = "probe";
    private static final Duration PROBE_LIFE = Duration.ofMinutes(1);

    private final CheckSignal signal = new CheckSignal();
    private final Ports ports;
    private final ProtectedCall tier;
    private final ProtectedCall bus;

    /**
     * Behind breakers.
     *
     * @param timeout how long one call waits for answers at most, all its questions together
     * @param period the longest pause before a breaker asks again
     */
    public SharedTier(Ports ports, Duration timeout, Duration period, ServerExecutors lanes, CacheMeter meter) {
        var times = new ProtectedCall.Times(timeout, period);
        this.ports = ports;
        this.tier = new ProtectedCall("The shared cache", times, this::probeTier, lanes, meter, signal);
        this.bus = new ProtectedCall("The event bus", times, this::probeBus, lanes, meter, signal);
    }

    /**
     * What there is.
     *
     * @param store the second tier
     * @param bus how servers tell each other what is no longer true
     * @param leases how servers agree on who makes a result
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

    /** True when there is a second tier that may be asked. */
    boolean stores() {
        return ports.store() != null && tier.open();
    }

    /** The second tier, for those who know that there is one. */
    CacheStore store() {
        return Objects.requireNonNull(ports.store());
    }

    /** Writes, too: a store that is full or read-only still answers reads, and is of no use. */
    private boolean probeTier() {
        var store = ports.store();
        if (store != null) {
            store.put(PROBE, PROBE.getBytes(StandardCharsets.US_ASCII), PROBE_LIFE);
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
