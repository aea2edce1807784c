package io.breakwater.core.business.health;

import io.breakwater.port.driven.HostGauges;
import java.util.function.Supplier;

/**
 * Gauges that show what the test wants.
 *
 * @param metrics the current load
 */
public record ScriptedGauges(Supplier<HostMetrics> metrics) implements HostGauges {
    @Override
    public double cpu() {
        return metrics.get().cpu();
    }

    @Override
    public double memory() {
        return metrics.get().memory();
    }

    @Override
    public double disk() {
        return metrics.get().disk();
    }
}
