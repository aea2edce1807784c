package io.breakwater.core.presentation.tool.system;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Numbers with no more digits than they mean. */
final class RoundedNumbers {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private RoundedNumbers() {}

    /** To the microsecond. */
    static double milliseconds(Duration duration) {
        return to(3, duration.toNanos() / NANOS_PER_MILLISECOND);
    }

    static double share(double share) {
        return to(4, share);
    }

    /** Null when the share cannot be told. */
    static @Nullable Double knownShare(double share) {
        return share < 0 || Double.isNaN(share) ? null : share(share);
    }

    private static double to(int digits, double value) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }
}
