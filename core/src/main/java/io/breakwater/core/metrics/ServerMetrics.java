package io.breakwater.core.metrics;

import io.breakwater.core.business.health.MetricsSnapshot;
import io.breakwater.core.business.health.RequestMetrics;
import io.breakwater.core.business.health.RequestStats;
import io.breakwater.core.metrics.SlidingWindow.Sample;
import io.breakwater.port.MetricSink;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.CallStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one server. {@link CallMeter}s and {@link CacheMeter}s count; a {@link MetricsSnapshot} reports the
 * counts, and a Micrometer registry reads them.
 *
 * <p>Labels come from the catalog only. A method or a tool has a meter of its own once it is {@linkplain #register
 * registered}; all other names that clients send are counted under {@code unknown}. The number of meters is limited
 * too, because tool sources can add to the catalog. Thread-safe.
 */
public final class ServerMetrics implements RequestMetrics, MetricSink, AutoCloseable {
    /** The time that {@link #recent} covers. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Duration TICK = Duration.ofSeconds(10);
    private static final String TOOL_CALLS = "tools/call";

    private final ServerExecutors executors;
    private final MicrometerBinder binder;
    private final CallMeters calls;
    private final Map<String, CacheMeter> caches = new ConcurrentHashMap<>();
    private final CacheLoadMeter loads = new CacheLoadMeter();
    private final Map<BoundMetric.Key, BoundMetric> boundMetrics = new ConcurrentHashMap<>();
    private final Sample start;
    private final SlidingWindow window;
    private final ServerExecutors.Scheduled timer;

    /** Creates metrics that are bound to a registry and use the clock of the executors. */
    public ServerMetrics(MeterRegistry registry, ServerExecutors executors) {
        this(registry, executors, true);
    }

    private ServerMetrics(MeterRegistry registry, ServerExecutors executors, boolean histograms) {
        this.executors = executors;
        this.binder = new MicrometerBinder(registry);
        this.calls = new CallMeters(new Series(histograms));
        this.start = sample();
        this.window = new SlidingWindow(WINDOW, start);
        this.timer = executors.scheduleRepeatedly(TICK, () -> window.tick(sample()));
        binder.overload(this);
    }

    /** Creates metrics without an external registry, for reports only. */
    public static ServerMetrics standalone(ServerExecutors executors) {
        return new ServerMetrics(new SimpleMeterRegistry(), executors, false);
    }

    /**
     * Registers a method, or one of its tools, and returns its meter. Names must come from the catalog, never from a
     * request.
     *
     * @param tool the tool's name for {@code tools/call}; null for other methods
     */
    public CallMeter register(String method, @Nullable String tool) {
        return calls.register(method, tool);
    }

    /** Returns the meter for a call; unregistered names share one. Cheap enough for every call. */
    public CallMeter forCall(String method, @Nullable String tool) {
        return calls.find(method, tool);
    }

    /** Binds the series of calls with the first call that they count: most combinations of labels never occur. */
    private final class Series implements CallMeterListener {
        private final boolean histograms;

        Series(boolean histograms) {
            this.histograms = histograms;
        }

        @Override
        public void onFirst(CallMeter meter, CallStatus status) {
            binder.requests(meter, status);
            if (meter.key().method().equals(TOOL_CALLS)) {
                binder.usage(meter, !status.isFailure());
            }
            if (status.isFailure()) {
                binder.errors(ServerMetrics.this, status);
            }
        }

        @Override
        public @Nullable Timer timer(CallKey key) {
            return histograms ? binder.durations(key) : null;
        }
    }

    /** Returns the meter of a cache tier. */
    public CacheMeter cache(String tier) {
        return caches.computeIfAbsent(tier, missing -> {
            var meter = new CacheMeter(missing);
            CacheOperation.ALL.forEach(operation -> binder.cache(meter, missing, operation));
            return meter;
        });
    }

    /** Returns the meter of loads. */
    public CacheLoadMeter loads() {
        binder.loads(loads);
        return loads;
    }

    @Override
    public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        binder.gauge(bind(name, labels, value), name, help, labels);
    }

    @Override
    public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        binder.counter(bind(name, labels, value), name, help, labels);
    }

    private BoundMetric bind(String name, Map<String, String> labels, DoubleSupplier value) {
        var key = new BoundMetric.Key(name, labels);
        BoundMetric metric = boundMetrics.computeIfAbsent(key, missing -> new BoundMetric(missing, value));
        metric.setSupplier(value);
        return metric;
    }

    long count(CallStatus status) {
        return calls.all().stream().mapToLong(meter -> meter.count(status)).sum();
    }

    private Sample sample() {
        return new Sample(executors.nanoTime(), CounterTotals.of(calls.all()));
    }

    @Override
    public RequestStats recent() {
        return between(window.start(), sample());
    }

    private static RequestStats between(Sample earlier, Sample later) {
        return later.totals().since(earlier.totals()).stats(earlier.until(later));
    }

    @Override
    public MetricsSnapshot report() {
        Sample now = sample();
        Sample past = window.start();
        return new MetricsSnapshot(
                between(start, now),
                now.totals().latency(),
                between(past, now),
                now.totals().since(past.totals()).latency(),
                callReports(start.until(now)),
                caches.values().stream().map(CacheMeter::report).toList(),
                boundMetrics.values().stream()
                        .sorted(Comparator.comparing(BoundMetric::series))
                        .map(BoundMetric::report)
                        .toList());
    }

    private List<MetricsSnapshot.Calls> callReports(Duration uptime) {
        return calls.all().stream()
                .filter(meter -> meter.calls() > 0)
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .map(meter -> callReport(meter, uptime))
                .toList();
    }

    private static MetricsSnapshot.Calls callReport(CallMeter meter, Duration uptime) {
        CounterTotals totals = CounterTotals.of(List.of(meter));
        return new MetricsSnapshot.Calls(
                meter.key().method(), meter.key().tool(), totals.statuses(), totals.stats(uptime), totals.latency());
    }

    /** Unbinds all series from the registry; the meters still count. */
    @Override
    public void close() {
        timer.cancel();
        binder.close();
    }
}
