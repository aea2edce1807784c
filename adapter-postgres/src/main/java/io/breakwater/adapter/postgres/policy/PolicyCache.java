package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.policy.FunctionPolicy.PolicyDecision;
import io.breakwater.adapter.postgres.policy.FunctionPolicy.PolicyQuery;
import io.breakwater.adapter.postgres.support.LruMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A cache of the latest decisions. Statements with very many names are not cached. Thread-safe. */
final class PolicyCache {
    static final int MAX_ENTRIES = 1_000;
    static final Duration TTL = Duration.ofMinutes(1);
    private static final int MAX_NAMES = 500;

    private final LongSupplier nanoTime;
    private final Map<PolicyQuery, Entry> entries = LruMap.atMost(MAX_ENTRIES);

    private record Entry(PolicyDecision decision, long createdAt) {}

    PolicyCache(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Optional<PolicyDecision> get(PolicyQuery query) {
        var entry = entries.get(query);
        return entry != null && nanoTime.getAsLong() - entry.createdAt() < TTL.toNanos()
                ? Optional.of(entry.decision())
                : Optional.empty();
    }

    void put(PolicyQuery query, PolicyDecision decision) {
        if (query.names().count() <= MAX_NAMES) {
            entries.put(query, new Entry(decision, nanoTime.getAsLong()));
        }
    }
}
