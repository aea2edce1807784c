package io.breakwater.core.business.processing;

import java.math.BigDecimal;

/** Decimals in the shape a reader expects: no trailing zeros, no exponent where digits do. */
final class PlainDecimals {
    private static final int PLAIN_DIGITS = 21;

    private PlainDecimals() {}

    /** The same value without trailing zeros, written plainly unless that takes more than 21 digits. */
    static BigDecimal plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        boolean shortEnough = stripped.precision() - (long) stripped.scale() <= PLAIN_DIGITS;
        return stripped.scale() < 0 && shortEnough ? stripped.setScale(0) : stripped;
    }

    /** True when the value has no fraction. */
    static boolean whole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }
}
