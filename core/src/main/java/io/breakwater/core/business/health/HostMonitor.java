package io.breakwater.core.business.health;

import io.breakwater.port.driven.HostGauges;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The load of the machine over the last minute. Thread-safe. */
final class HostMonitor {
    private final GaugeAverage cpu;
    private final GaugeAverage memory;
    private final GaugeAverage disk;

    /** Creates a monitor without samples. */
    HostMonitor(HostGauges gauges, LongSupplier nanos) {
        this.cpu = new GaugeAverage(() -> readOrUnknown(gauges::cpu), nanos);
        this.memory = new GaugeAverage(() -> readOrUnknown(gauges::memory), nanos);
        this.disk = new GaugeAverage(() -> readOrUnknown(gauges::disk), nanos);
    }

    /** Reads a gauge; one that throws is unknown and does not affect the others. */
    private static double readOrUnknown(DoubleSupplier gauge) {
        try {
            return gauge.getAsDouble();
        } catch (RuntimeException e) {
            return -1;
        }
    }

    /** Samples the CPU load, which is an average since the previous sample. */
    void sampleCpu() {
        cpu.sample();
    }

    /** Takes a sample and returns the averages. */
    HostMetrics reading() {
        cpu.sample();
        memory.sample();
        disk.sample();
        return new HostMetrics(cpu.mean(), memory.mean(), disk.mean());
    }

    /**
     * Returns the CPU load of a whole minute, or a negative value before that, because the start of a server is always
     * busy.
     */
    double fullCpu() {
        return cpu.fullMean();
    }
}
