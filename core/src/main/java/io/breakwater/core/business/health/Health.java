package io.breakwater.core.business.health;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.HostGauges;
import io.breakwater.server.settings.HealthSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The health of the server. Dependencies are checked in the background, all at once and each within a timeout, so that
 * {@link #report} never waits; {@link #refreshed} checks them first, and {@link #status} is cheap enough for frequent
 * probes. Thread-safe.
 */
public final class Health {
    /** The time for which a status is reused, however often probes request it. */
    private static final Duration STATUS_TTL = Duration.ofSeconds(1);

    /** The names of the dependencies that are HTTP services begin like this. */
    private static final String SERVICE = "service ";

    private final HealthSettings settings;
    private final ServerInfo serverInfo;
    private final RequestMetrics requests;
    private final HostMonitor host;
    private final HostThresholds thresholds; // guarded by itself
    private final Scheduler scheduler;
    private final HealthListener listener;
    private final long began;
    private final List<MonitoredDependency> checks = new CopyOnWriteArrayList<>();
    private final AtomicReference<CachedStatus> cachedStatus = new AtomicReference<>(CachedStatus.none());
    private volatile @Nullable MemoryShortageDetector shortage;
    private volatile MetricSink metrics = MetricSink.none();
    private boolean started;

    /** Creates the health of a server; no dependency is checked before {@link #start}. */
    public Health(
            HealthSettings settings,
            ServerInfo serverInfo,
            RequestMetrics requests,
            HostGauges host,
            Scheduler scheduler,
            HealthListener listener) {
        this.settings = settings;
        this.serverInfo = serverInfo;
        this.requests = requests;
        this.host = new HostMonitor(host, scheduler::nanos);
        this.thresholds = HostThresholds.of(settings);
        this.scheduler = scheduler;
        this.listener = (previous, now, cause) -> {
            cachedStatus.set(CachedStatus.none());
            listener.changed(previous, now, cause);
        };
        this.began = scheduler.nanos();
    }

    /** Registers a metric for each dependency that is registered from now on. */
    public void bindTo(MetricSink sink) {
        metrics = sink;
    }

    /**
     * Registers a dependency; one that is registered after {@link #start} is checked at once.
     *
     * @throws IllegalArgumentException if a dependency of this name is registered already
     */
    public synchronized void register(Dependency check) {
        if (checks.stream().anyMatch(other -> other.latest().name().equals(check.name()))) {
            throw new IllegalArgumentException(
                    "A dependency \"" + check.name() + "\" is registered already; use another name.");
        }
        var dependency = new MonitoredDependency(check, settings.timeout(), scheduler, listener);
        checks.add(dependency);
        metrics.gauge(
                "mcp_dependency_up",
                "1 while the dependency is available, 0 while it is down or has not answered yet.",
                Map.of("dependency", check.name()),
                () -> dependency.latest().state() == CheckReport.State.UP ? 1 : 0);
        check.signal().subscribe(dependency::requestCheck);
        if (started) {
            dependency.refresh();
        }
    }

    /** Also monitors the memory of messages; must be called before {@link #start}. */
    public void watch(MessageMemory memory) {
        shortage = new MemoryShortageDetector(memory, scheduler::nanos);
    }

    /** Checks every dependency now and then after every interval, and samples the CPU load. */
    public synchronized void start() {
        started = true;
        scheduler.every(GaugeAverage.SPACING, host::sampleCpu);
        scheduler.every(GaugeAverage.SPACING, this::checkMemory);
        checkAll();
        scheduler.every(settings.interval(), this::checkAll);
    }

    private void checkAll() {
        checks.forEach(MonitoredDependency::refresh);
    }

    private void checkMemory() {
        var detector = shortage;
        if (detector != null) {
            detector.check();
        }
    }

    /** Returns the latest known health without new checks of the dependencies. */
    public HealthReport report() {
        CachedStatus previous = cachedStatus.get();
        long now = scheduler.nanos();
        List<CheckReport> reports =
                checks.stream().map(MonitoredDependency::latest).toList();
        RequestStats stats = requests.recent();
        HostMetrics reading = host.reading();
        HealthEvaluator evaluator = evaluate(reports, stats, reading);
        // Fails if a dependency has changed in the meantime.
        cachedStatus.compareAndSet(previous, new CachedStatus(evaluator.status(), now));
        return new HealthReport(
                evaluator.status(),
                evaluator.causes(),
                evaluator.reasons(),
                scheduler.now(),
                uptime(),
                serverInfo,
                stats,
                reading,
                reports);
    }

    private HealthEvaluator evaluate(List<CheckReport> reports, RequestStats stats, HostMetrics reading) {
        synchronized (thresholds) {
            var evaluator = new HealthEvaluator(settings, thresholds)
                    .addChecks(reports)
                    .addRequests(stats)
                    .addHost(reading, host.fullCpu());
            var detector = shortage;
            return detector == null ? evaluator : detector.addTo(evaluator);
        }
    }

    /**
     * Returns the report after every dependency without a recent check was checked again; completes within the timeout
     * of a check.
     */
    public CompletionStage<HealthReport> refreshed() {
        var checked = checks.stream()
                .map(check -> check.refreshIfOlderThan(settings.freshness()))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(checked).thenApply(done -> report());
    }

    /**
     * Returns the status only; it is at most one second old, and never older than the latest change of a dependency.
     */
    public HealthStatus status() {
        CachedStatus last = cachedStatus.get();
        long now = scheduler.nanos();
        HealthStatus status = last.status();
        return status != null && now - last.nanos() < STATUS_TTL.toNanos() ? status : report().status();
    }

    /**
     * Returns true if a dependency is known to be down that may be why a call failed; the log and the report then name it.
     * The reason of a call to a service names the service, so the outage of another dependency does not explain it, and the
     * outage of a service explains nothing else.
     *
     * @param reason why the call failed; null if this is not known
     */
    public boolean hasKnownOutage(@Nullable String reason) {
        var reports = checks.stream().map(MonitoredDependency::latest).toList();
        var named = reports.stream()
                .filter(report -> isService(report) && reason != null && names(reason, report))
                .toList();
        var candidates = named.isEmpty()
                ? reports.stream().filter(report -> !isService(report)).toList()
                : named;
        return candidates.stream().anyMatch(report -> report.state() == CheckReport.State.DOWN);
    }

    private static boolean isService(CheckReport report) {
        return report.name().startsWith(SERVICE);
    }

    /** Whether the name of the service is a word of the reason. */
    private static boolean names(String reason, CheckReport service) {
        var name = service.name().substring(SERVICE.length());
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
                .matcher(reason)
                .find();
    }

    /** Returns the dependencies without which the server cannot work. */
    List<CheckReport> required() {
        return checks.stream()
                .map(MonitoredDependency::latest)
                .filter(CheckReport::required)
                .toList();
    }

    private Duration uptime() {
        return Duration.ofNanos(scheduler.nanos() - began);
    }

    /** The latest status; a null status means that there is no valid one. */
    private record CachedStatus(@Nullable HealthStatus status, long nanos) {
        static CachedStatus none() {
            return new CachedStatus(null, 0);
        }
    }
}
