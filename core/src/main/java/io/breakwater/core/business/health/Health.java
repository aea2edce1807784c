package io.breakwater.core.business.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How the server is doing. Dependencies are asked in the background, all at once and each within its time limit, so a
 * {@link #report} is what is known, never a wait; {@link #refreshed} asks again first, and {@link #status} is for probes
 * that come often. Thread-safe.
 */
public final class Health {
    /** For so long a status is not worked out anew, however often probes ask for it. */
    private static final Duration STATUS_LASTS = Duration.ofSeconds(1);

    private final HealthSettings settings;
    private final About about;
    private final Traffic traffic;
    private final HostWatch host;
    private final Thresholds thresholds; // guarded by itself
    private final Background background;
    private final Changes changes;
    private final long began;
    private final List<WatchedCheck> checks = new CopyOnWriteArrayList<>();
    private final AtomicReference<Said> said = new AtomicReference<>(Said.nothing());
    private volatile @Nullable ShortageWatch shortage;
    private boolean begun;

    /** Nothing is asked before {@link #begin}. */
    public Health(
            HealthSettings settings, About about, Traffic traffic, Host host, Background background, Changes changes) {
        this.settings = settings;
        this.about = about;
        this.traffic = traffic;
        this.host = new HostWatch(host, background::nanos);
        this.thresholds = Thresholds.of(settings);
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
    public synchronized void register(Check check) {
        if (checks.stream().anyMatch(known -> known.latest().name().equals(check.name()))) {
            throw new IllegalArgumentException("A dependency \"" + check.name() + "\" is watched already.");
        }
        var watched = new WatchedCheck(check, settings.timeout(), background, changes);
        checks.add(watched);
        check.onSuspicion(watched::suspect);
        if (begun) {
            watched.refresh();
        }
    }

    /** Watches the memory of messages, too; called before {@link #begin}. */
    public void watch(MessageMemory memory) {
        shortage = new ShortageWatch(memory, background::nanos);
    }

    /** Asks every dependency now, and from now on after every interval; and measures the load of the processors. */
    public synchronized void begin() {
        begun = true;
        background.every(GaugeWindow.SPACING, host::sampleCpu);
        background.every(GaugeWindow.SPACING, this::refusedForMemory);
        askAll();
        background.every(settings.interval(), this::askAll);
    }

    private void askAll() {
        checks.forEach(WatchedCheck::refresh);
    }

    private long refusedForMemory() {
        ShortageWatch watch = shortage;
        return watch == null ? 0 : watch.look();
    }

    /** What is known, without asking anybody. */
    public HealthReport report() {
        Said before = said.get();
        long now = background.nanos();
        List<CheckReport> found = checks.stream().map(WatchedCheck::latest).toList();
        Load load = traffic.recent();
        Host.Reading reading = host.reading();
        Diagnosis diagnosis = diagnosis(found, load, reading);
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

    private Diagnosis diagnosis(List<CheckReport> found, Load load, Host.Reading reading) {
        synchronized (thresholds) {
            return new Diagnosis(settings, thresholds)
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
                .map(WatchedCheck::latest)
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
