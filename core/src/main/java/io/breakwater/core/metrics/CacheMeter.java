package io.breakwater.core.metrics;

import io.breakwater.core.business.health.MetricsSnapshot.Cache;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the operations of one cache tier. Thread-safe and cheap. */
public final class CacheMeter {
    private final String tier;
    private final Map<CacheOperation, LongAdder> counts = new EnumMap<>(CacheOperation.class);

    CacheMeter(String tier) {
        this.tier = tier;
        CacheOperation.ALL.forEach(operation -> counts.put(operation, new LongAdder()));
    }

    /** Counts one operation. */
    public void record(CacheOperation operation) {
        adder(operation).increment();
    }

    long count(CacheOperation operation) {
        return adder(operation).sum();
    }

    private LongAdder adder(CacheOperation operation) {
        return Objects.requireNonNull(counts.get(operation));
    }

    Cache report() {
        var operations = new LinkedHashMap<String, Long>();
        CacheOperation.ALL.stream()
                .filter(operation -> count(operation) > 0)
                .forEach(operation -> operations.put(operation.word(), count(operation)));
        return new Cache(tier, count(CacheOperation.HIT), count(CacheOperation.MISS), operations);
    }
}
