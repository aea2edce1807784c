package io.breakwater.core.business.health;

import io.breakwater.server.settings.HealthSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges what was measured. Each finding adds its cause and a reason, and may worsen the status. A crossed threshold
 * alone never makes a server unhealthy, for every replica would cross it at once, and taking all of them out of service
 * helps nobody.
 */
final class HealthEvaluator {
    private final HealthSettings settings;
    private final HostThresholds thresholds;
    private final List<String> causes = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private HealthStatus status = HealthStatus.HEALTHY;

    HealthEvaluator(HealthSettings settings, HostThresholds thresholds) {
        this.settings = settings;
        this.thresholds = thresholds;
    }

    HealthStatus status() {
        return status;
    }

    /** The names of what was found, one for each reason. */
    List<String> causes() {
        return causes;
    }

    List<String> reasons() {
        return reasons;
    }

    HealthEvaluator of(RequestStats load) {
        double rate = thresholds.enoughCalls().isCrossedBy((double) load.calls()) ? load.faultRate() : 0;
        boolean failing = thresholds.failingRate().isCrossedBy(rate);
        if (thresholds.errorRate().isCrossedBy(rate)) {
            find(
                    failing ? HealthStatus.UNHEALTHY : HealthStatus.DEGRADED,
                    "errors",
                    "%s of the calls of the last %d s failed by a fault of the server or of a system behind it; %s are tolerated."
                            .formatted(percent(rate), load.span().toSeconds(), percent(settings.errorRate())));
        }
        return this;
    }

    /**
     * Judges the machine.
     *
     * @param cpu the load of its processors, as far as it counts
     */
    HealthEvaluator of(HostMetrics.Reading host, double cpu) {
        above("memory", "Memory", host.memory(), settings.memory(), thresholds.memory());
        above("cpu", "CPU", cpu, settings.cpu(), thresholds.cpu());
        above("disk", "The disk", host.disk(), settings.disk(), thresholds.disk());
        return this;
    }

    /**
     * Judges the memory of messages.
     *
     * @param refused how many messages found none in the present shortage; 0 when there is none
     */
    HealthEvaluator ofShortage(long refused) {
        if (refused > 0) {
            find(
                    HealthStatus.DEGRADED,
                    "limits.memory",
                    "limits.memory is used up, or limits.memory-share of it by one caller; messages refused: %d, the latest within the last minute."
                            .formatted(refused));
        }
        return this;
    }

    HealthEvaluator of(List<CheckReport> checks) {
        checks.forEach(this::of);
        return this;
    }

    private void of(CheckReport check) {
        switch (check.state()) {
            case UP -> {}
            case UNKNOWN ->
                find(HealthStatus.DEGRADED, check.name(), "%s has not answered yet.".formatted(check.name()));
            case DOWN ->
                find(
                        check.required() ? HealthStatus.UNHEALTHY : HealthStatus.DEGRADED,
                        check.name(),
                        "%s is down since %s: %s".formatted(check.name(), check.since(), check.reason()));
        }
    }

    private void above(String cause, String what, double share, double limit, HysteresisThreshold threshold) {
        if (threshold.isCrossedBy(share)) {
            var sentence = share > limit
                    ? "%s is at %s, above %s.".formatted(what, percent(share), percent(limit))
                    : "%s is at %s; it was above %s and counts until it is below %s."
                            .formatted(what, percent(share), percent(limit), percent(threshold.end()));
            find(HealthStatus.DEGRADED, cause, sentence);
        }
    }

    private void find(HealthStatus severity, String cause, String reason) {
        status = status.orWorse(severity);
        causes.add(cause);
        reasons.add(reason);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
