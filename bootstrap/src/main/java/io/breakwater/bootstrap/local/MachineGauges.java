package io.breakwater.bootstrap.local;

import com.sun.management.OperatingSystemMXBean;
import io.breakwater.port.driven.HostGauges;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How this machine stands, or the container when there are limits to its share. Asking costs a few small reads of files
 * that the kernel makes up.
 */
public final class MachineGauges implements HostGauges {
    private static final double UNKNOWN = -1;

    private final MemoryUse memory;
    private final Path folder;

    private MachineGauges(MemoryUse memory, Path folder) {
        this.memory = memory;
        this.folder = folder;
    }

    /** Of this machine; the disk is the one that holds the folder. */
    public static MachineGauges at(Path folder) {
        return new MachineGauges(new MemoryUse(Path.of("/")), folder);
    }

    @Override
    public double cpu() {
        return system().getCpuLoad();
    }

    @Override
    public double memory() {
        var told = memory.share();
        if (told.isPresent()) {
            return told.getAsDouble();
        }
        var system = system();
        return share(system.getTotalMemorySize() - system.getFreeMemorySize(), system.getTotalMemorySize());
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

    /** Asked for late: the first time costs more than all the rest of a start. */
    private static OperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    private static double share(long used, long total) {
        return total <= 0 ? UNKNOWN : (double) used / total;
    }
}
