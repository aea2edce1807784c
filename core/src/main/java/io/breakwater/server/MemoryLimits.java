package io.breakwater.server;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.port.driving.MemoryBudget;

/**
 * How much heap the messages in progress may occupy: bodies, parsed trees, results and stream queues together. A
 * message that exceeds the limit waits for a moment and is then refused with status 503.
 *
 * @param bytes the limit in total, in bytes
 * @param share the fraction of the limit that one caller may use, above 0 and at most 1. A caller without an identity
 *     is a network address; behind a proxy, where all requests come from one address, set 1
 */
public record MemoryLimits(long bytes, double share) {
    /** The defaults: a quarter of the heap, of which one caller may use a quarter. */
    public static final MemoryLimits STANDARD =
            new MemoryLimits(Runtime.getRuntime().maxMemory() / 4, 0.25);

    /** Refuses values out of range. */
    public MemoryLimits {
        positive(bytes, "MemoryLimits.bytes");
        check(share > 0 && share <= 1, "share must be above 0 and at most 1, but is " + share + ".");
    }

    /**
     * Returns the largest useful limit: half of the heap. Above it, too little memory is left for the calls themselves.
     */
    public static long max() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    MemoryBudget budget() {
        return new MemoryBudget(bytes, share);
    }
}
