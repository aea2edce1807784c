package io.breakwater.core.data.health;

import io.breakwater.core.business.health.HostMetrics;
import io.breakwater.port.driven.HostGauges;
import java.util.function.DoubleSupplier;

/** The load of the machine, from its gauges. */
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
        return readOrUnknown(gauges::cpu);
    }

    @Override
    public double memory() {
        return readOrUnknown(gauges::memory);
    }

    @Override
    public double disk() {
        return readOrUnknown(gauges::disk);
    }

    /** Reads a gauge; one that throws is unknown and does not affect the others. */
    private static double readOrUnknown(DoubleSupplier gauge) {
        try {
            return gauge.getAsDouble();
        } catch (RuntimeException e) {
            return -1;
        }
    }
}
