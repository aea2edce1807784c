package io.breakwater.core.business.health;

import io.breakwater.server.settings.HealthSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How the server is doing. Dependencies are asked in the background, all at once and each within its time limit, so a
 * {@link #report} is what is known, never a wait; {@link #refreshed} asks again first, and {@link #status} is for
 * probes that come often. Thread-safe.
 */
public final class Health {
    /** For so long a status is not worked out anew, however often probes ask for it. */
    private static final Duration STATUS_LASTS = Duration.ofSeconds(1);

    private final HealthSettings settings;
    private final ServerInfo about;
    private final RequestMetrics traffic;
    private final HostMonitor host;
    private final HostThresholds thresholds; // guarded by itself
    private final Scheduler background;
    private final HealthListener changes;
    private final long began;
    private final List<MonitoredDependency> checks = new CopyOnWriteArrayList<>();
    private final AtomicReference<Said> said = new AtomicReference<>(Said.nothing());
    private volatile @Nullable MemoryShortageDetector shortage;
    private boolean begun;

    /** Nothing is asked before {@link #begin}. */
    public Health(
            HealthSettings settings,
            ServerInfo about,
            RequestMetrics traffic,
            HostMetrics host,
            Scheduler background,
            HealthListener changes) {
        this.settings = settings;
        this.about = about;
        this.traffic = traffic;
        this.host = new HostMonitor(host, background::nanos);
        this.thresholds = HostThresholds.of(settings);
        this.background = background;
        this.changes = (before, now, cause) -> {
            said.set(Said.nothing());
            changes.changed(before, now, cause);
        };
        this.began = background.nanos();
    }

    /**
     * Watches one more dependency; one that comes after {@link #begin} is asked at once.
     *
     * @throws IllegalArgumentException when one of this name is watched already
     */
    public synchronized void register(DependencyProbe check) {
        if (checks.stream().anyMatch(known -> known.latest().name().equals(check.name()))) {
            throw new IllegalArgumentException("A dependency \"" + check.name() + "\" is watched already.");
        }
        var watched = new MonitoredDependency(check, settings.timeout(), background, changes);
        checks.add(watched);
        check.onCheckRequested(watched::requestCheck);
        if (begun) {
            watched.refresh();
        }
    }

    /** Watches the memory of messages, too; called before {@link #begin}. */
    public void watch(MessageMemory memory) {
        shortage = new MemoryShortageDetector(memory, background::nanos);
    }

    /** Asks every dependency now, and from now on after every interval; and measures the load of the processors. */
    public synchronized void begin() {
        begun = true;
        background.every(GaugeAverage.SPACING, host::sampleCpu);
        background.every(GaugeAverage.SPACING, this::refusedForMemory);
        askAll();
        background.every(settings.interval(), this::askAll);
    }

    private void askAll() {
        checks.forEach(MonitoredDependency::refresh);
    }

    private long refusedForMemory() {
        MemoryShortageDetector watch = shortage;
        return watch == null ? 0 : watch.check();
    }

    /** What is known, without asking anybody. */
    public HealthReport report() {
        Said before = said.get();
        long now = background.nanos();
        List<CheckReport> found =
                checks.stream().map(MonitoredDependency::latest).toList();
        RequestStats load = traffic.recent();
        HostMetrics.Reading reading = host.reading();
        HealthEvaluator diagnosis = diagnosis(found, load, reading);
        said.compareAndSet(before, new Said(diagnosis.status(), now)); // not when a dependency has changed meanwhile
        return new HealthReport(
                diagnosis.status(),
                diagnosis.causes(),
                diagnosis.reasons(),
                background.now(),
                uptime(),
                about,
                load,
                reading,
                found);
    }

    private HealthEvaluator diagnosis(List<CheckReport> found, RequestStats load, HostMetrics.Reading reading) {
        synchronized (thresholds) {
            return new HealthEvaluator(settings, thresholds)
                    .of(found)
                    .of(load)
                    .of(reading, host.fullCpu())
                    .ofShortage(refusedForMemory());
        }
    }

    /** The report after every dependency was asked, unless it just was; comes within the time limit of a check. */
    public CompletionStage<HealthReport> refreshed() {
        var asked = checks.stream()
                .map(check -> check.refreshIfOlderThan(settings.freshness()))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(asked).thenApply(done -> report());
    }

    /** The verdict alone, at most a second old, and never older than the last change of a dependency. */
    public HealthStatus status() {
        Said last = said.get();
        long now = background.nanos();
        HealthStatus status = last.status();
        return status != null && now - last.nanos() < STATUS_LASTS.toNanos() ? status : report().status();
    }

    /** True when a dependency is known to be down, which the log and the report tell by its name. */
    public boolean knowsOfOutage() {
        return checks.stream().anyMatch(check -> check.latest().state() == CheckReport.State.DOWN);
    }

    /** The dependencies without which the server is of no use. */
    List<CheckReport> required() {
        return checks.stream()
                .map(MonitoredDependency::latest)
                .filter(CheckReport::required)
                .toList();
    }

    private Duration uptime() {
        return Duration.ofNanos(background.nanos() - began);
    }

    /** The last verdict; a null status says that there is none, or none any more. */
    private record Said(@Nullable HealthStatus status, long nanos) {
        static Said nothing() {
            return new Said(null, 0);
        }
    }
}
