package io.breakwater.core.business.health;

/**
 * A bound with a gap: once a value has reached it, it counts as crossed until a value is a tenth below it, so that a
 * value close to the bound does not change the status back and forth. Not thread-safe.
 */
final class HysteresisThreshold {
    private static final double GAP = 0.1;

    private final double bound;
    private boolean crossed;

    private HysteresisThreshold(double bound) {
        this.bound = bound;
    }

    /** Is crossed by larger values. */
    static HysteresisThreshold above(double bound) {
        return new HysteresisThreshold(Math.nextUp(bound));
    }

    /** Is crossed by this value and larger ones. */
    static HysteresisThreshold from(double bound) {
        return new HysteresisThreshold(bound);
    }

    /** Whether the bound is crossed now that this value was measured. */
    boolean isCrossedBy(double value) {
        crossed = value >= (crossed ? end() : bound);
        return crossed;
    }

    /** Below this value the bound is no longer crossed. */
    double end() {
        return bound * (1 - GAP);
    }
}
