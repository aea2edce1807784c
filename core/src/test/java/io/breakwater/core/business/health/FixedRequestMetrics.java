package io.breakwater.core.business.health;

import java.time.Duration;
import java.util.List;

/** Traffic of a test's choice. */
final class FixedRequestMetrics implements RequestMetrics {
    private static final LatencyStats NO_TIME =
            new LatencyStats(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private RequestStats load = new RequestStats(Duration.ofMinutes(5), 0, 0, 0);

    void calls(long calls, long faults) {
        load = new RequestStats(Duration.ofMinutes(5), calls, faults, faults);
    }

    @Override
    public RequestStats recent() {
        return load;
    }

    @Override
    public MetricsSnapshot report() {
        return new MetricsSnapshot(load, NO_TIME, load, NO_TIME, List.of(), List.of(), List.of());
    }
}
