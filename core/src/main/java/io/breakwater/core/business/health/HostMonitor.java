package io.breakwater.core.business.health;

import java.util.function.LongSupplier;

/** The load of the machine over the last minute. Thread-safe. */
final class HostMonitor {
    private final GaugeAverage cpu;
    private final GaugeAverage memory;
    private final GaugeAverage disk;

    /** Creates a monitor without samples. */
    HostMonitor(HostMetrics host, LongSupplier nanos) {
        this.cpu = new GaugeAverage(host::cpu, nanos);
        this.memory = new GaugeAverage(host::memory, nanos);
        this.disk = new GaugeAverage(host::disk, nanos);
    }

    /** Samples the CPU load, which is an average since the previous sample. */
    void sampleCpu() {
        cpu.sample();
    }

    /** Takes a sample and returns the averages. */
    HostMetrics.Reading reading() {
        cpu.sample();
        memory.sample();
        disk.sample();
        return new HostMetrics.Reading(cpu.mean(), memory.mean(), disk.mean());
    }

    /**
     * Returns the CPU load of a whole minute, or a negative value before that, because the start of a server is always
     * busy.
     */
    double fullCpu() {
        return cpu.fullMean();
    }
}
