package io.breakwater.core.presentation.tool.system;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Rounds numbers for results. */
final class RoundedNumbers {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private RoundedNumbers() {}

    /** Returns milliseconds, rounded to microseconds. */
    static double milliseconds(Duration duration) {
        return round(3, duration.toNanos() / NANOS_PER_MILLISECOND);
    }

    /** Returns an amount with at most two digits after the point. */
    static double amount(double amount) {
        return round(2, amount);
    }

    static double share(double share) {
        return round(4, share);
    }

    /** Returns the rounded share, or null if it is unknown. */
    static @Nullable Double knownShare(double share) {
        return share < 0 || Double.isNaN(share) ? null : share(share);
    }

    private static double round(int digits, double value) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }
}
