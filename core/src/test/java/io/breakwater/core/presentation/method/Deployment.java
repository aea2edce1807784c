package io.breakwater.core.presentation.method;

import io.breakwater.core.BreakwaterBuilder;
import io.breakwater.core.data.recall.Wayward;
import io.breakwater.core.runtime.TimedLanes;
import io.breakwater.port.driven.Leases;
import io.breakwater.port.memory.Line;
import io.breakwater.port.memory.MemoryEventBus;
import io.breakwater.port.memory.MemoryLeases;
import io.breakwater.port.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Servers that share a second tier, an event bus and leases. Time passes for all of them when told. */
final class Deployment implements AutoCloseable {
    final TimedLanes lanes = new TimedLanes();
    final Archive archive = new Archive();
    final Line line = new Line();
    final MemoryStore store = new MemoryStore(line, lanes::nanos);
    final CountedLeases leases = new CountedLeases(new MemoryLeases(line, lanes::nanos));
    final MemoryEventBus bus = MemoryEventBus.on(line);
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Wayward> wayward = new ArrayList<>();

    /** One more server, on the line that all others are on. */
    Replica replica() {
        return replica(plan -> plan.cache(store).eventBus(bus.another(line)).leases(leases));
    }

    Replica replica(UnaryOperator<BreakwaterBuilder> further) {
        var replica = new Replica(archive, lanes, further);
        replicas.add(replica);
        return replica;
    }

    /** The same store, on a way of its own. */
    Wayward way() {
        var way = new Wayward(store);
        wayward.add(way);
        return way;
    }

    /** Leases, and how often somebody wanted one. */
    static final class CountedLeases implements Leases {
        private final Leases real;
        private final AtomicInteger wanted = new AtomicInteger();

        CountedLeases(Leases real) {
            this.real = real;
        }

        int wanted() {
            return wanted.get();
        }

        @Override
        public boolean acquire(String name, String holder, Duration ttl) {
            boolean got = real.acquire(name, holder, ttl);
            wanted.incrementAndGet();
            return got;
        }

        @Override
        public void release(String name, String holder) {
            real.release(name, holder);
        }
    }

    @Override
    public void close() {
        wayward.forEach(Wayward::end);
        replicas.forEach(Replica::close);
    }
}
