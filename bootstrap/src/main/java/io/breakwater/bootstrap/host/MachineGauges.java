package io.breakwater.bootstrap.host;

import com.sun.management.OperatingSystemMXBean;
import io.breakwater.port.driven.HostGauges;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The load of the processors that this process may use, its heap, and the disk. Reading the processor load reads a few
 * small virtual files of the kernel.
 */
public final class MachineGauges implements HostGauges {
    private static final double UNKNOWN = -1;

    private final CpuUse cpu;
    private final Path folder;

    private MachineGauges(CpuUse cpu, Path folder) {
        this.cpu = cpu;
        this.folder = folder;
    }

    /** Returns the gauges of this machine; the disk is the one that contains the folder. */
    public static MachineGauges at(Path folder) {
        return new MachineGauges(new CpuUse(Path.of("/"), System::nanoTime), folder);
    }

    @Override
    public double cpu() {
        double load = cpu.share();
        return load >= 0 ? load : system().getCpuLoad();
    }

    @Override
    public double memory() {
        return HeapUse.share();
    }

    @Override
    public double disk() {
        try {
            FileStore store = Files.getFileStore(folder.toAbsolutePath());
            return share(store.getTotalSpace() - store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException unreadable) {
            return UNKNOWN;
        }
    }

    /**
     * The source for other systems. It is loaded only when needed, since its first use takes longer than the rest of a
     * start.
     */
    private static OperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    private static double share(long used, long total) {
        return total <= 0 ? UNKNOWN : (double) used / total;
    }
}
