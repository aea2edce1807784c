package io.breakwater.core.business.health;

import java.util.function.LongSupplier;

/** The machine under the server over the last minute. Thread-safe. */
final class HostMonitor {
    private final GaugeAverage cpu;
    private final GaugeAverage memory;
    private final GaugeAverage disk;

    /** Reads nothing yet. */
    HostMonitor(HostMetrics host, LongSupplier nanos) {
        this.cpu = new GaugeAverage(host::cpu, nanos);
        this.memory = new GaugeAverage(host::memory, nanos);
        this.disk = new GaugeAverage(host::disk, nanos);
    }

    /** Reads the load of the processors, which is told as an average since the reading before. */
    void sampleCpu() {
        cpu.sample();
    }

    /** The averages, with a reading of now. */
    HostMetrics.Reading reading() {
        cpu.sample();
        memory.sample();
        disk.sample();
        return new HostMetrics.Reading(cpu.mean(), memory.mean(), disk.mean());
    }

    /** The load of the processors, as far as it counts: a minute of it, no less, since every start is busy. */
    double fullCpu() {
        return cpu.fullMean();
    }
}
