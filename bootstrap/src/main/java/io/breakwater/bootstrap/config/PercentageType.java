package io.breakwater.bootstrap.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A percentage, stored as a fraction between 0 and 1.
 *
 * @param allowsZero whether it may be 0
 */
record PercentageType(boolean allowsZero) implements SettingType<Double> {
    /** Creates a type that allows 0. */
    PercentageType() {
        this(true);
    }

    @Override
    public @Nullable Double parse(String text) {
        if (!text.endsWith("%") || text.length() > 12) {
            return null;
        }
        try {
            var share = new BigDecimal(text.substring(0, text.length() - 1).strip()).movePointLeft(2);
            boolean within = share.signum() >= (allowsZero ? 0 : 1) && share.compareTo(BigDecimal.ONE) <= 0;
            return within ? share.doubleValue() : null;
        } catch (NumberFormatException | ArithmeticException notANumber) {
            return null;
        }
    }

    @Override
    public String text(Double value) {
        return BigDecimal.valueOf(value).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    @Override
    public String allowed() {
        return allowsZero ? "a percentage from 0% to 100%" : "a percentage above 0%, up to 100%";
    }
}
