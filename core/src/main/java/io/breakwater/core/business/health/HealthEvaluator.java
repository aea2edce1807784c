package io.breakwater.core.business.health;

import io.breakwater.server.settings.HealthSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Derives the health status from measurements. Each finding adds a cause and a reason, and may worsen the status. An
 * exceeded threshold alone never makes a server unhealthy, because all replicas may exceed it at the same time, and no
 * server would be left if all were taken out of service.
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

    /** Returns the names of the findings, one for each reason. */
    List<String> causes() {
        return causes;
    }

    List<String> reasons() {
        return reasons;
    }

    HealthEvaluator addRequests(RequestStats stats) {
        double rate = thresholds.enoughCalls().isCrossedBy((double) stats.calls()) ? stats.faultRate() : 0;
        boolean failing = thresholds.failingRate().isCrossedBy(rate);
        if (thresholds.errorRate().isCrossedBy(rate)) {
            addFinding(
                    failing ? HealthStatus.UNHEALTHY : HealthStatus.DEGRADED,
                    "errors",
                    ("%s of the calls in the last %d s failed because of the server or a system behind it;"
                                    + " the limit is %s.")
                            .formatted(percent(rate), stats.span().toSeconds(), percent(settings.errorRate())));
        }
        return this;
    }

    /**
     * Evaluates the machine.
     *
     * @param cpu the CPU load, or a negative value if it is not known for a whole minute
     */
    HealthEvaluator addHost(HostMetrics host, double cpu) {
        evaluate("memory", "Memory", host.memory(), settings.memory(), thresholds.memory());
        evaluate("cpu", "CPU", cpu, settings.cpu(), thresholds.cpu());
        evaluate("disk", "The disk", host.disk(), settings.disk(), thresholds.disk());
        return this;
    }

    /**
     * Evaluates the memory of messages.
     *
     * @param refused the number of messages refused in the current shortage; 0 if there is none
     */
    HealthEvaluator addShortage(MessageMemory memory, long refused) {
        if (refused > 0) {
            addFinding(
                    HealthStatus.DEGRADED,
                    memory.limitName(),
                    ("%s is used up, or one caller has used up its %s; messages refused: %d, the latest within the"
                                    + " last minute.")
                            .formatted(memory.limitName(), memory.shareName(), refused));
        }
        return this;
    }

    HealthEvaluator addChecks(List<CheckReport> checks) {
        checks.forEach(this::addCheck);
        return this;
    }

    private void addCheck(CheckReport check) {
        switch (check.state()) {
            case UP -> {}
            case UNKNOWN ->
                addFinding(HealthStatus.DEGRADED, check.name(), "%s has not answered yet.".formatted(check.name()));
            case DOWN ->
                addFinding(
                        check.required() ? HealthStatus.UNHEALTHY : HealthStatus.DEGRADED,
                        check.name(),
                        "%s has been down since %s: %s".formatted(check.name(), check.since(), check.reason()));
        }
    }

    private void evaluate(String cause, String what, double share, double limit, HysteresisThreshold threshold) {
        if (threshold.isCrossedBy(share)) {
            var sentence = share > limit
                    ? "%s is at %s, above %s.".formatted(what, percent(share), percent(limit))
                    : "%s is at %s; it was above %s and is reported until it is below %s."
                            .formatted(what, percent(share), percent(limit), percent(threshold.end()));
            addFinding(HealthStatus.DEGRADED, cause, sentence);
        }
    }

    private void addFinding(HealthStatus severity, String cause, String reason) {
        status = status.orWorse(severity);
        causes.add(cause);
        reasons.add(reason);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
