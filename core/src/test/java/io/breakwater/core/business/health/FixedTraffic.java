package io.breakwater.core.business.health;

import java.time.Duration;
import java.util.List;

/** Traffic of a test's choice. */
final class FixedTraffic implements Traffic {
    private static final Latency NO_TIME = new Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private Load load = new Load(Duration.ofMinutes(5), 0, 0, 0);

    void calls(long calls, long faults) {
        load = new Load(Duration.ofMinutes(5), calls, faults, faults);
    }

    @Override
    public Load recent() {
        return load;
    }

    @Override
    public TrafficReport report() {
        return new TrafficReport(load, NO_TIME, load, NO_TIME, List.of(), List.of(), List.of());
    }
}
