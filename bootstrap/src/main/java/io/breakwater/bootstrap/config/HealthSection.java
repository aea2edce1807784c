package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.HealthSettings;
import java.time.Duration;

/** Reads {@link HealthSettings} from a configuration. */
final class HealthSection {
    private static final HealthSettings STANDARD = HealthSettings.standard();

    private static final Setting<Double> ERROR_RATE = Setting.share("error-rate")
            .byDefault(STANDARD.errorRate())
            .description("Above this share of failed calls the server is degraded.");

    private static final Setting<Double> FAILING_RATE = Setting.share("unhealthy-rate")
            .byDefault(STANDARD.failingRate())
            .description("From this share of failed calls the server is unhealthy.");

    private static final Setting<Double> MEMORY = Setting.share("memory")
            .byDefault(STANDARD.memory())
            .description("Above this share of the heap in use after garbage collection the server is degraded.");

    private static final Setting<Double> CPU = Setting.share("cpu")
            .byDefault(STANDARD.cpu())
            .description("Above this processor load, on average over a minute, the server is degraded.");

    private static final Setting<Double> DISK = Setting.share("disk")
            .byDefault(STANDARD.disk())
            .description("Above this share of used space on the disk of the working folder the server is degraded.");

    private static final Setting<Integer> FEWEST_CALLS = Setting.atLeast("min-calls", 0)
            .byDefault(STANDARD.fewestCalls())
            .description("With fewer recent calls the share of failed calls is ignored.");

    private static final Setting<Duration> INTERVAL = time("interval", STANDARD.interval())
            .description("The time between the end of one round of checks and the start of the next.");

    private static final Setting<Duration> TIMEOUT =
            time("timeout", STANDARD.timeout()).description("How long one check may take.");

    private static final Setting<Duration> FRESHNESS = Setting.duration("freshness", Duration.ZERO, Duration.ofHours(1))
            .byDefault(STANDARD.freshness())
            .description("A check on demand does not run again within this time.");

    private HealthSection() {}

    static HealthSettings read(SectionReader health) {
        double errorRate = health.get(ERROR_RATE);
        double failingRate = health.get(FAILING_RATE);
        if (failingRate < errorRate) {
            health.refuse(FAILING_RATE, "it is below health.error-rate", "raise it, or lower health.error-rate");
            failingRate = errorRate;
        }
        return new HealthSettings(
                errorRate,
                failingRate,
                health.get(MEMORY),
                health.get(CPU),
                health.get(DISK),
                health.get(FEWEST_CALLS),
                health.get(INTERVAL),
                health.get(TIMEOUT),
                health.get(FRESHNESS));
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofMillis(100), Duration.ofHours(1))
                .byDefault(standard);
    }
}
