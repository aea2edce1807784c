package io.breakwater.core.business.session;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits the number and the bytes of sessions, subscriptions or tasks, in total and for each principal. A principal may
 * use the same part of the bytes as of the number. Thread-safe.
 */
public final class CapacityLimiter {
    private final int maxNumber;
    private final int maxNumberPerPrincipal;
    private final long bytes;
    private final long bytesPerPrincipal;
    private final Map<String, Usage> principals = new HashMap<>();
    private Usage all = Usage.NONE;

    /** Creates a limiter for the number, in total and for each principal, and on the total bytes. */
    public CapacityLimiter(int maxNumber, int maxNumberPerPrincipal, long bytes) {
        this.maxNumber = maxNumber;
        this.maxNumberPerPrincipal = maxNumberPerPrincipal;
        this.bytes = bytes;
        this.bytesPerPrincipal = (long) (bytes * Math.min(1.0, (double) maxNumberPerPrincipal / maxNumber));
    }

    /** Returns the bytes for one object if all objects have the same size and their number is the maximum. */
    public long averageBytes() {
        return bytes / maxNumber;
    }

    /**
     * Reserves a number of objects and their bytes; returns false and reserves nothing if they exceed a limit. A
     * decrease always succeeds.
     */
    public synchronized boolean tryAcquire(String principal, int number, long weight) {
        var own = principals.getOrDefault(principal, Usage.NONE).plus(number, weight);
        var total = all.plus(number, weight);
        if (number > 0 && (total.number > maxNumber || own.number > maxNumberPerPrincipal)) {
            return false;
        }
        if (weight > 0 && (total.weight > bytes || own.weight > bytesPerPrincipal)) {
            return false;
        }
        all = total;
        if (own.number == 0) {
            principals.remove(principal);
        } else {
            principals.put(principal, own);
        }
        return true;
    }

    /** Releases a number of objects and their bytes. */
    public void release(String principal, int number, long weight) {
        tryAcquire(principal, -number, -weight);
    }

    private record Usage(int number, long weight) {
        private static final Usage NONE = new Usage(0, 0);

        private Usage plus(int addedNumber, long addedWeight) {
            return new Usage(number + addedNumber, weight + addedWeight);
        }
    }
}
