package io.breakwater.bootstrap.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the server stops: it reports that it is not ready, waits until load balancers notice, and then accepts no new
 * requests and finishes the accepted ones.
 *
 * @param delay the time between "not ready" and closing the listeners; null for a default that depends on the platform
 * @param grace the time that running calls may take to finish
 */
public record ShutdownSettings(@Nullable Duration delay, Duration grace) {

    static final Setting<Duration> DELAY = Setting.duration("delay", Duration.ZERO, Duration.ofMinutes(10))
            .description("How long the server still accepts requests after it reports that it is not ready, so that"
                    + " load balancers notice. 5s under Kubernetes and 0s elsewhere unless set.");

    static final Setting<Duration> GRACE = Setting.duration("grace", Duration.ZERO, Duration.ofHours(1))
            .byDefault(Duration.ofSeconds(30))
            .description("How long running calls may take to finish. A second signal ends the process at once.");

    /** Checks the values. */
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
