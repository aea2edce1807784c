package io.breakwater.core.business.health;

/**
 * A threshold with hysteresis: once a value reaches it, it stays exceeded until a value is a tenth below it, so that a
 * value close to the threshold does not change the status back and forth. Not thread-safe.
 */
final class HysteresisThreshold {
    private static final double GAP = 0.1;

    private final double bound;
    private boolean crossed;

    private HysteresisThreshold(double bound) {
        this.bound = bound;
    }

    /** Creates a threshold that larger values exceed. */
    static HysteresisThreshold above(double bound) {
        return new HysteresisThreshold(Math.nextUp(bound));
    }

    /** Creates a threshold that this value and larger ones exceed. */
    static HysteresisThreshold from(double bound) {
        return new HysteresisThreshold(bound);
    }

    /** Updates the state with a measured value; returns true if the threshold is exceeded. */
    boolean isCrossedBy(double value) {
        crossed = value >= (crossed ? end() : bound);
        return crossed;
    }

    /** Returns the value below which the threshold is no longer exceeded. */
    double end() {
        return bound * (1 - GAP);
    }
}
