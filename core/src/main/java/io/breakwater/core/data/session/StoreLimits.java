package io.breakwater.core.data.session;

import io.breakwater.core.business.session.CapacityLimiter;

/**
 * The limits of a store of sessions or tasks.
 *
 * @param total the maximum number in total
 * @param perPrincipal the maximum number for one principal; without authentication all callers are the same principal
 * @param bytes the maximum bytes of the parts that clients and tools determine, in total; one principal may use the
 *     same part of the bytes as of the number
 */
public record StoreLimits(int total, int perPrincipal, long bytes) {
    /** Refuses limits below 1. */
    public StoreLimits {
        if (total < 1 || perPrincipal < 1 || bytes < 1) {
            throw new IllegalArgumentException("A limit must be at least 1, not " + total + " in total, " + perPrincipal
                    + " for a principal and " + bytes + " bytes");
        }
    }

    CapacityLimiter limiter() {
        return new CapacityLimiter(total, perPrincipal, bytes);
    }
}
