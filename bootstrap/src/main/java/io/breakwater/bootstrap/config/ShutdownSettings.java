package io.breakwater.bootstrap.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the server stops: not ready, then a delay in which balancers notice, then nothing new is accepted and what was
 * accepted is finished.
 *
 * @param delay between "not ready" and closing the listeners; null leaves it to where the server runs
 * @param grace for calls in flight
 */
public record ShutdownSettings(@Nullable Duration delay, Duration grace) {

    static final Setting<Duration> DELAY = Setting.duration("delay", Duration.ZERO, Duration.ofMinutes(10))
            .means("How long the server goes on accepting after it said that it is not ready, so that balancers notice."
                    + " 5s under Kubernetes and 0s elsewhere unless set.");

    static final Setting<Duration> GRACE = Setting.duration("grace", Duration.ZERO, Duration.ofHours(1))
            .byDefault(Duration.ofSeconds(30))
            .means("How long calls in flight may take to finish. A second signal ends it at once.");

    /** Checks the bounds. */
    public ShutdownSettings {
        if (delay != null) {
            DELAY.checked(delay);
        }
        GRACE.checked(grace);
    }

    static ShutdownSettings read(SectionReader shutdown) {
        return new ShutdownSettings(shutdown.find(DELAY), shutdown.get(GRACE));
    }
}
