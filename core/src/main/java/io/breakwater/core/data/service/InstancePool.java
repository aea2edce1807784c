package io.breakwater.core.data.service;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerConfig;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.Services;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The present instances of a service, and the choice among them: of two random instances that are available, the one with
 * fewer requests in progress (power of two choices). Instances that are unhealthy or whose breaker is open are left out, so
 * that a frozen instance first gets fewer requests because its own do not end, and then none.
 *
 * <p>An instance whose breaker has had its pause is chosen as soon as it is drawn, so that one request tries it. Thread-safe.
 */
final class InstancePool {
    private static final int SCANNED = 32;
    private static final int DRAWS = 16;

    private final CircuitBreakerConfig<Object> breaker;
    private final boolean checked;
    private final RandomGenerator random;
    private final Runnable onChange;
    private volatile Snapshot snapshot = new Snapshot(List.of(), false);

    /** An instance that discovery found. */
    record Found(Endpoint endpoint, int priority) {}

    /**
     * The instances at one time.
     *
     * @param ranked whether they have different priorities
     */
    private record Snapshot(List<Instance> instances, boolean ranked) {}

    /** @param onChange runs after each change of the state of an instance */
    InstancePool(ServiceSettings settings, RandomGenerator random, Runnable onChange) {
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(settings.breaker().failures())
                .withDelay(settings.breaker().pause())
                .withSuccessThreshold(1)
                .build()
                .getConfig();
        this.checked = settings.healthCheck() != null;
        this.random = random;
        this.onChange = onChange;
    }

    List<Instance> instances() {
        return snapshot.instances();
    }

    /**
     * Replaces the instances. Those that remain keep their state.
     *
     * @return the new ones
     */
    synchronized List<Instance> replace(List<Found> found) {
        Map<Found, Instance> before = HashMap.newHashMap(snapshot.instances().size());
        snapshot.instances().forEach(one -> before.put(new Found(one.endpoint(), one.priority()), one));
        var after = new ArrayList<Instance>(found.size());
        var added = new ArrayList<Instance>();
        for (var one : found.stream().distinct().toList()) {
            var instance = before.remove(one);
            if (instance == null) {
                instance = new Instance(one.endpoint(), one.priority(), breaker, checked, onChange);
                added.add(instance);
            }
            after.add(instance);
        }
        before.values().forEach(Instance::remove);
        boolean ranked = after.stream().mapToInt(Instance::priority).distinct().count() > 1;
        snapshot = new Snapshot(List.copyOf(after), ranked);
        return added;
    }

    /**
     * Chooses an instance, and begins a request to it.
     *
     * @param except the instances to avoid; the last of them is chosen if no other is available
     * @return null if no instance is available
     */
    Instance.@Nullable Permit choose(List<Instance> except) {
        var now = snapshot;
        if (now.instances().size() > SCANNED && !now.ranked()) {
            var drawn = draw(now.instances(), except);
            if (drawn != null) {
                return drawn;
            }
        }
        return scan(now, except);
    }

    /** Whether an instance other than these is available. */
    boolean hasOther(List<Instance> except) {
        return snapshot.instances().stream().anyMatch(other -> !except.contains(other) && other.isAvailable());
    }

    /** Returns the time after which the first breaker admits a request; null if all instances are unhealthy. */
    @Nullable
    Duration shortestPause() {
        return snapshot.instances().stream()
                .filter(one -> one.state() == Services.State.OPEN)
                .map(Instance::pause)
                .min(Duration::compareTo)
                .orElse(null);
    }

    /** Draws instances at random until two are available. With many instances this avoids looking at all of them. */
    private Instance.@Nullable Permit draw(List<Instance> instances, List<Instance> except) {
        Instance first = null;
        for (int i = 0; i < DRAWS; i++) {
            var one = instances.get(random.nextInt(instances.size()));
            if (one == first || except.contains(one)) {
                continue;
            }
            var probe = probe(one);
            if (probe != null) {
                return probe;
            }
            if (one.isAvailable()) {
                if (first != null) {
                    return lessLoaded(first, one).begin();
                }
                first = one;
            }
        }
        return null;
    }

    /** Looks at all instances, and keeps two that are available, each pair with the same probability. */
    private Instance.@Nullable Permit scan(Snapshot now, List<Instance> except) {
        int rank = now.ranked() ? lowestAvailable(now.instances(), except) : 0;
        Instance first = null;
        Instance second = null;
        int count = 0;
        for (var one : now.instances()) {
            if ((now.ranked() && one.priority() > rank) || except.contains(one)) {
                continue;
            }
            var probe = probe(one);
            if (probe != null) {
                return probe;
            }
            if (!one.isAvailable()) {
                continue;
            }
            count++;
            int place = count <= 2 ? count - 1 : random.nextInt(count);
            if (place == 0) {
                first = one;
            } else if (place == 1) {
                second = one;
            }
        }
        if (first != null) {
            return second == null
                    ? first.begin()
                    : random.nextBoolean()
                            ? lessLoaded(first, second).begin()
                            : lessLoaded(second, first).begin();
        }
        return except.isEmpty() || except.getLast().isRemoved() ? null : again(except.getLast());
    }

    private static Instance.@Nullable Permit again(Instance one) {
        return one.isAvailable() ? one.begin() : probe(one);
    }

    private static Instance.@Nullable Permit probe(Instance one) {
        return one.isProbeDue() ? one.beginProbe() : null;
    }

    private static int lowestAvailable(List<Instance> instances, List<Instance> except) {
        return instances.stream()
                .filter(one -> !except.contains(one) && (one.isAvailable() || one.isProbeDue()))
                .mapToInt(Instance::priority)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private static Instance lessLoaded(Instance one, Instance other) {
        return other.running() < one.running() ? other : one;
    }
}
