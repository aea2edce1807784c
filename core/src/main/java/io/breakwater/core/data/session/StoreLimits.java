package io.breakwater.core.data.session;

import io.breakwater.core.business.session.Quantity;

/**
 * How much may be kept at a time.
 *
 * @param total in all
 * @param perPrincipal for one principal; without authentication everybody is the same one
 * @param bytes what clients and tools determine of it, together; one principal may hold as large a part of it as of the
 *     number
 */
public record StoreLimits(int total, int perPrincipal, long bytes) {
    /** Refuses limits that nothing fits. */
    public StoreLimits {
        if (total < 1 || perPrincipal < 1 || bytes < 1) {
            throw new IllegalArgumentException("A limit must be at least 1, not " + total + " in total, " + perPrincipal
                    + " for a principal and " + bytes + " bytes");
        }
    }

    Quantity allowance() {
        return new Quantity(total, perPrincipal, bytes);
    }
}
