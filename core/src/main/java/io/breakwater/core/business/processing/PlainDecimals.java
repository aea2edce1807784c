package io.breakwater.core.business.processing;

import java.math.BigDecimal;

/** Decimals without trailing zeros, and without an exponent unless they are very large. */
final class PlainDecimals {
    private static final int PLAIN_DIGITS = 21;

    private PlainDecimals() {}

    /** Returns the same value without trailing zeros, and without an exponent unless that takes more than 21 digits. */
    static BigDecimal plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        boolean shortEnough = stripped.precision() - (long) stripped.scale() <= PLAIN_DIGITS;
        return stripped.scale() < 0 && shortEnough ? stripped.setScale(0) : stripped;
    }

    /** Returns true if the value has no fraction. */
    static boolean whole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }
}
