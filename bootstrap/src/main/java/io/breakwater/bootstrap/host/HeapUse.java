package io.breakwater.bootstrap.host;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;

/**
 * The share of the heap in use after the last garbage collection. Garbage does not count, since it fills the heap
 * before each collection.
 */
final class HeapUse {
    private HeapUse() {}

    /** Returns a value between 0 and 1. */
    static double share() {
        long used = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        return Math.clamp((double) used / Runtime.getRuntime().maxMemory(), 0, 1);
    }
}
