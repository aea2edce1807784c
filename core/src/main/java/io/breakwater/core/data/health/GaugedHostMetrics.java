package io.breakwater.core.data.health;

import io.breakwater.core.business.health.HostMetrics;
import io.breakwater.port.driven.HostGauges;
import java.util.function.DoubleSupplier;

/** The machine as its gauges show it. */
public final class GaugedHostMetrics implements HostMetrics {
    private final HostGauges gauges;

    /** Reads these gauges. */
    public GaugedHostMetrics(HostGauges gauges) {
        this.gauges = gauges;
    }

    @Override
    public Reading read() {
        return new Reading(cpu(), memory(), disk());
    }

    @Override
    public double cpu() {
        return told(gauges::cpu);
    }

    @Override
    public double memory() {
        return told(gauges::memory);
    }

    @Override
    public double disk() {
        return told(gauges::disk);
    }

    /** A gauge that fails tells nothing, and fails nobody else. */
    private static double told(DoubleSupplier gauge) {
        try {
            return gauge.getAsDouble();
        } catch (RuntimeException e) {
            return -1;
        }
    }
}
