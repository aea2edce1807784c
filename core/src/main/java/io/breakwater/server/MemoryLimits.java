package io.breakwater.server;

import io.breakwater.port.driving.MemoryBudget;

/**
 * How much heap the messages at work may occupy: bodies, parsed trees, results and the queues of streams together. A
 * message that finds no room waits for a moment and is then refused with 503.
 *
 * @param bytes the number of bytes in all
 * @param share the fraction of it that one caller may hold, greater than 0 and at most 1; as long as callers have no
 *     identity, a caller is a network address. Behind a proxy, where all come from one address, it is 1
 */
public record MemoryLimits(long bytes, double share) {
    /** A quarter of the heap, of which one caller may hold a quarter. */
    public static final MemoryLimits STANDARD =
            new MemoryLimits(Runtime.getRuntime().maxMemory() / 4, 0.25);

    /** Refuses what could never work. */
    public MemoryLimits {
        if (bytes < 1 || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "limits.memory needs at least one byte, and limits.memory-share is above 0% and at most 100%");
        }
    }

    /** Half of the heap: beyond it too little is left for the work itself. */
    public static long most() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    MemoryBudget budget() {
        return new MemoryBudget(bytes, share);
    }
}
