package io.breakwater.bootstrap.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A part of a whole, written as a percentage and kept as a fraction between 0 and 1. */
record ShareKind() implements Kind<Double> {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Override
    public @Nullable Double parse(String text) {
        if (!text.endsWith("%") || text.length() > 12) {
            return null;
        }
        try {
            var percent = new BigDecimal(text.substring(0, text.length() - 1).strip());
            boolean within = percent.signum() >= 0 && percent.compareTo(HUNDRED) <= 0;
            return within ? percent.divide(HUNDRED).doubleValue() : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    @Override
    public String show(Double value) {
        return BigDecimal.valueOf(value).multiply(HUNDRED).stripTrailingZeros().toPlainString() + "%";
    }

    @Override
    public String allowed() {
        return "a percentage from 0% to 100%";
    }
}
