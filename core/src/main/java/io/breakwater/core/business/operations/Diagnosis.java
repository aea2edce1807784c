package io.breakwater.core.business.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges what was measured. Each finding adds a reason and may worsen the status. A crossed threshold alone never makes a
 * server unhealthy, for every replica would cross it at once, and taking all of them out of service helps nobody.
 */
final class Diagnosis {
    private final HealthSettings settings;
    private final List<String> reasons = new ArrayList<>();
    private HealthStatus status = HealthStatus.HEALTHY;

    Diagnosis(HealthSettings settings) {
        this.settings = settings;
    }

    HealthStatus status() {
        return status;
    }

    List<String> reasons() {
        return reasons;
    }

    Diagnosis of(Load load) {
        double rate = load.faultRate();
        if (load.calls() >= settings.fewestCalls() && rate > settings.errorRate()) {
            find(
                    rate >= settings.failingRate() ? HealthStatus.UNHEALTHY : HealthStatus.DEGRADED,
                    "%s of the calls of the last %d s failed by a fault of the server or of a system behind it; %s are tolerated."
                            .formatted(percent(rate), load.span().toSeconds(), percent(settings.errorRate())));
        }
        return this;
    }

    Diagnosis of(Host.Reading host) {
        above("Memory", host.memory(), settings.memory());
        above("CPU", host.cpu(), settings.cpu());
        above("The disk", host.disk(), settings.disk());
        return this;
    }

    Diagnosis of(List<CheckReport> checks) {
        checks.forEach(this::of);
        return this;
    }

    private void of(CheckReport check) {
        switch (check.state()) {
            case UP -> {}
            case UNKNOWN -> find(HealthStatus.DEGRADED, "%s has not answered yet.".formatted(check.name()));
            case DOWN ->
                find(
                        check.required() ? HealthStatus.UNHEALTHY : HealthStatus.DEGRADED,
                        "%s is down since %s: %s".formatted(check.name(), check.since(), check.reason()));
        }
    }

    private void above(String what, double share, double threshold) {
        if (share > threshold) {
            find(HealthStatus.DEGRADED, "%s is at %s, above %s.".formatted(what, percent(share), percent(threshold)));
        }
    }

    private void find(HealthStatus severity, String reason) {
        status = status.orWorse(severity);
        reasons.add(reason);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
