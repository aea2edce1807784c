package io.breakwater.core.presentation.cache;

import io.breakwater.core.data.cache.FailingStore;
import io.breakwater.port.driven.Leases;
import io.breakwater.port.memory.MemoryEventBus;
import io.breakwater.port.memory.MemoryLeases;
import io.breakwater.port.memory.MemoryStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.execution.TimedExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Servers that share a second tier, an event bus and leases. Time passes for all of them when told. */
final class SampleDeployment implements AutoCloseable {
    final TimedExecutors executors = new TimedExecutors();
    final DocumentArchive archive = new DocumentArchive();
    final SimulatedLink line = new SimulatedLink();
    final MemoryStore store = new MemoryStore(line, executors::nanoTime);
    final CountedLeases leases = new CountedLeases(new MemoryLeases(line, executors::nanoTime));
    final MemoryEventBus bus = MemoryEventBus.on(line);
    private final List<SampleReplica> replicas = new ArrayList<>();
    private final List<FailingStore> wayward = new ArrayList<>();

    /** One more server, on the line that all others are on. */
    SampleReplica replica() {
        return replica(plan -> plan.cache(store).eventBus(bus.another(line)).leases(leases));
    }

    SampleReplica replica(UnaryOperator<BreakwaterBuilder> further) {
        var replica = new SampleReplica(archive, executors, further, this::released);
        replicas.add(replica);
        return replica;
    }

    /** The same store, on a way of its own. */
    FailingStore way() {
        var way = new FailingStore(store);
        wayward.add(way);
        return way;
    }

    /**
     * Waits until no server holds a lease. A result is answered before its lease is given back, and a server that finds
     * the lease taken asks again after a while, which here passes only when told.
     */
    private void released() {
        Eventually.holds(leases.held::isEmpty);
    }

    /** Leases, the number of attempts to acquire one, and the held ones. */
    static final class CountedLeases implements Leases {
        private final Leases real;
        private final AtomicInteger wanted = new AtomicInteger();
        private final Set<String> held = ConcurrentHashMap.newKeySet();

        CountedLeases(Leases real) {
            this.real = real;
        }

        int wanted() {
            return wanted.get();
        }

        @Override
        public boolean acquire(String name, String holder, Duration ttl) {
            boolean got = real.acquire(name, holder, ttl);
            if (got) {
                held.add(name);
            }
            wanted.incrementAndGet();
            return got;
        }

        @Override
        public void release(String name, String holder) {
            try {
                real.release(name, holder);
            } finally {
                held.remove(name);
            }
        }
    }

    @Override
    public void close() {
        wayward.forEach(FailingStore::end);
        replicas.forEach(SampleReplica::close);
    }
}
