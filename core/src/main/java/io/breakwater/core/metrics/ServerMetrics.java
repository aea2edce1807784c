package io.breakwater.core.metrics;

import io.breakwater.core.business.health.MetricsSnapshot;
import io.breakwater.core.business.health.RequestMetrics;
import io.breakwater.core.business.health.RequestStats;
import io.breakwater.core.metrics.SlidingWindow.Mark;
import io.breakwater.port.MetricSink;
import io.breakwater.server.execution.ServerExecutors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one server: counted in {@link CallMeter}s and {@link CacheMeter}s, told in a {@link MetricsSnapshot},
 * and shown in a Micrometer registry, which only reads.
 *
 * <p>Labels come from the catalogue alone. A method or a tool has a meter of its own once it is {@linkplain #register
 * registered}; everything else a client can think of is counted under {@code unknown}. The number of meters is bounded
 * too, since a catalogue may be filled from elsewhere. Thread-safe.
 */
public final class ServerMetrics implements RequestMetrics, MetricSink, AutoCloseable {
    /** The span of {@link #recent}. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Duration TICK = Duration.ofSeconds(10);
    private static final String TOOL_CALLS = "tools/call";

    private final ServerExecutors lanes;
    private final MicrometerBinder exposition;
    private final CallMeters calls = new CallMeters(this::firstOf);
    private final Map<String, CacheMeter> caches = new ConcurrentHashMap<>();
    private final CacheLoadMeter loads = new CacheLoadMeter();
    private final Map<BoundMetric.Key, BoundMetric> figures = new ConcurrentHashMap<>();
    private final Mark start;
    private final SlidingWindow window;
    private final ServerExecutors.Scheduled ticking;

    /** Shown in this registry; the time is that of the lanes. */
    public ServerMetrics(MeterRegistry registry, ServerExecutors lanes) {
        this.lanes = lanes;
        this.exposition = new MicrometerBinder(registry);
        this.start = mark();
        this.window = new SlidingWindow(WINDOW, start);
        this.ticking = lanes.scheduleRepeatedly(TICK, () -> window.tick(mark()));
        exposition.overload(this);
    }

    /** Shown nowhere but in the reports. */
    public static ServerMetrics standalone(ServerExecutors lanes) {
        return new ServerMetrics(new SimpleMeterRegistry(), lanes);
    }

    /**
     * The meter of a method, or of one of its tools, from now on. Names come from the catalogue, never from a request.
     *
     * @param tool for {@code tools/call}; null for what calls none
     */
    public CallMeter register(String method, @Nullable String tool) {
        return calls.register(method, tool);
    }

    /** The meter for a call that names these; whatever is not registered shares one. Cheap enough for every call. */
    public CallMeter forCall(String method, @Nullable String tool) {
        return calls.find(method, tool);
    }

    /** Series appear with the first call they count: most combinations of labels never occur. */
    private void firstOf(CallMeter meter, CallStatus status) {
        exposition.requests(meter, status);
        exposition.durations(meter);
        if (meter.key().method().equals(TOOL_CALLS)) {
            exposition.usage(meter, !status.failed());
        }
        if (status.failed()) {
            exposition.errors(this, status);
        }
    }

    /** The meter of a cache tier. */
    public CacheMeter cache(String tier) {
        return caches.computeIfAbsent(tier, missing -> {
            var meter = new CacheMeter(missing);
            CacheOperation.ALL.forEach(operation -> exposition.cache(meter, missing, operation));
            return meter;
        });
    }

    /** The meter of results that the cache did not have. */
    public CacheLoadMeter loads() {
        exposition.loads(loads);
        return loads;
    }

    @Override
    public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        exposition.gauge(shown(name, labels, value), name, help, labels);
    }

    @Override
    public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        exposition.counter(shown(name, labels, value), name, help, labels);
    }

    private BoundMetric shown(String name, Map<String, String> labels, DoubleSupplier value) {
        var key = new BoundMetric.Key(name, labels);
        BoundMetric shown = figures.computeIfAbsent(key, missing -> new BoundMetric(missing, value));
        shown.from(value);
        return shown;
    }

    long count(CallStatus status) {
        return calls.all().stream().mapToLong(meter -> meter.count(status)).sum();
    }

    private Mark mark() {
        return new Mark(lanes.nanoTime(), CounterTotals.of(calls.all()));
    }

    @Override
    public RequestStats recent() {
        return between(window.start(), mark());
    }

    private static RequestStats between(Mark earlier, Mark later) {
        return later.totals().since(earlier.totals()).load(earlier.until(later));
    }

    @Override
    public MetricsSnapshot report() {
        Mark now = mark();
        Mark past = window.start();
        return new MetricsSnapshot(
                between(start, now),
                now.totals().latency(),
                between(past, now),
                now.totals().since(past.totals()).latency(),
                callReports(start.until(now)),
                caches.values().stream().map(CacheMeter::report).toList(),
                figures.values().stream()
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
                meter.key().method(), meter.key().tool(), totals.statuses(), totals.load(uptime), totals.latency());
    }

    /** Counts on, but is shown no more. */
    @Override
    public void close() {
        ticking.cancel();
        exposition.close();
    }
}
