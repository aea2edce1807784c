package io.breakwater.core.business.health;

import java.util.function.LongSupplier;

/** The machine under the server over the last minute. Thread-safe. */
final class HostWatch {
    private final GaugeWindow cpu;
    private final GaugeWindow memory;
    private final GaugeWindow disk;

    /** Reads nothing yet. */
    HostWatch(Host host, LongSupplier nanos) {
        this.cpu = new GaugeWindow(host::cpu, nanos);
        this.memory = new GaugeWindow(host::memory, nanos);
        this.disk = new GaugeWindow(host::disk, nanos);
    }

    /** Reads the load of the processors, which is told as an average since the reading before. */
    void sampleCpu() {
        cpu.sample();
    }

    /** The averages, with a reading of now. */
    Host.Reading reading() {
        cpu.sample();
        memory.sample();
        disk.sample();
        return new Host.Reading(cpu.mean(), memory.mean(), disk.mean());
    }

    /** The load of the processors, as far as it counts: a minute of it, no less, since every start is busy. */
    double fullCpu() {
        return cpu.fullMean();
    }
}
