package io.breakwater.core.business.recall;

/**
 * The policy of what is kept.
 *
 * @param jitter by what share at most a life is shortened at random, from 0 to below 1, so that results made together do
 *     not all end together
 * @param maxResultBytes larger results are not kept
 */
public record RecallSettings(double jitter, int maxResultBytes) {

    /** Refuses a policy under which nothing could be kept. */
    public RecallSettings {
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("the jitter of the cache must be at least 0 and below 1: " + jitter);
        }
        if (maxResultBytes < 1) {
            throw new IllegalArgumentException("the largest cached result must have at least 1 byte");
        }
    }

    /** Up to a tenth shorter; results up to 1 MiB. */
    public static RecallSettings defaults() {
        return new RecallSettings(0.1, 1 << 20);
    }
}
