package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.concurrency.CostClass;
import io.breakwater.core.business.concurrency.PermitPool;
import io.breakwater.core.business.concurrency.Rejection.Reason;
import io.breakwater.port.MetricSink;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The metrics of cost classes. The labels are the names of cost classes, whose number the {@link PermitPool} limits.
 * Thread-safe.
 */
final class OverloadMetrics {
    private static final String COST_CLASS = "cost_class";

    private final MetricSink sink;
    private final PermitPool pool;
    private final LongSupplier clock;
    private final Set<String> bound = ConcurrentHashMap.newKeySet();
    private final Map<Series, LongAdder> rejected = new ConcurrentHashMap<>();

    private record Series(String costClass, Reason reason) {}

    OverloadMetrics(MetricSink sink, PermitPool pool, LongSupplier clock) {
        this.sink = sink;
        this.pool = pool;
        this.clock = clock;
    }

    /** Publishes the gauges of a cost class, once. */
    void bind(CostClass costClass) {
        if (!bound.add(costClass.name())) {
            return;
        }
        var labels = Map.of(COST_CLASS, costClass.name());
        sink.gauge(
                "mcp_concurrency_limit",
                "Calls of the cost class that may run at the same time at present.",
                labels,
                () -> pool.limit(costClass, clock.getAsLong()));
        sink.gauge(
                "mcp_concurrency_in_flight",
                "Calls of the cost class that run.",
                labels,
                () -> pool.running(costClass));
        sink.gauge(
                "mcp_concurrency_queued",
                "Calls of the cost class that wait for a permit.",
                labels,
                () -> pool.waiting(costClass));
    }

    /** Counts a rejected call. */
    void count(CostClass costClass, Reason reason) {
        rejected.computeIfAbsent(new Series(costClass.name(), reason), this::counter)
                .increment();
    }

    private LongAdder counter(Series series) {
        var count = new LongAdder();
        sink.counter(
                "mcp_overload_rejected_total",
                "Calls that received no permit to run, by cost class and reason.",
                Map.of(COST_CLASS, series.costClass(), "reason", series.reason().word()),
                count::doubleValue);
        return count;
    }
}
