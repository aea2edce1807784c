package io.breakwater.core.data.conversation;

/**
 * How much may be kept at a time.
 *
 * @param total in all
 * @param perPrincipal for one principal; without authentication everybody is the same one
 */
public record Limits(int total, int perPrincipal) {
    /** Refuses limits that nothing fits. */
    public Limits {
        if (total < 1 || perPrincipal < 1) {
            throw new IllegalArgumentException(
                    "A limit must be at least 1, not " + total + " in total and " + perPrincipal + " for a principal");
        }
    }
}
