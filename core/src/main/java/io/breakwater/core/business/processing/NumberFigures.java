package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a column of numbers.
 *
 * <p>Smallest, largest, sum and percentiles are exact decimals; the mean is the exact sum divided to 16 digits. The
 * standard deviation is the sample's (divided by n − 1, absent for a single number), by Welford's method in double
 * arithmetic, rounded to 15 digits, because a square root is inexact anyway. Percentiles interpolate linearly between
 * the two nearest ranks, as spreadsheets, NumPy and SQL's {@code percentile_cont} do.
 *
 * <p>Numbers of more than 150 digits before or after the point count for the extremes only and are reported as {@code
 * out_of_range}: exact sums with them would cost memory by the value, not by the size, of the document.
 */
final class NumberFigures {
    private static final int MAX_EXPONENT = 150;
    /** What double arithmetic gets right. */
    private static final MathContext DOUBLE_DIGITS = new MathContext(15);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final List<BigDecimal> inRange = new ArrayList<>();
    private @Nullable BigDecimal min;
    private @Nullable BigDecimal max;
    private BigDecimal sum = BigDecimal.ZERO;
    private int outOfRange;
    private double mean;
    private double squares;

    void add(BigDecimal number) {
        min = min == null ? number : min.min(number);
        max = max == null ? number : max.max(number);
        if (isInRange(number)) {
            addInRange(number);
        } else {
            outOfRange++;
        }
    }

    private static boolean isInRange(BigDecimal number) {
        long digitsBeforePoint = number.precision() - (long) number.scale();
        return number.signum() == 0 || (digitsBeforePoint <= MAX_EXPONENT && number.scale() <= MAX_EXPONENT);
    }

    private void addInRange(BigDecimal number) {
        var value = number.signum() == 0 ? BigDecimal.ZERO : number;
        inRange.add(value);
        sum = sum.add(value);
        double x = value.doubleValue();
        double delta = x - mean;
        mean += delta / inRange.size();
        squares += delta * (x - mean);
    }

    /** The figures, or null when there was no number. */
    @Nullable
    Json toJson(List<BigDecimal> percentiles) {
        if (min == null || max == null) {
            return null;
        }
        var figures = Json.object().put("min", Json.of(min)).put("max", Json.of(max));
        if (!inRange.isEmpty()) {
            putInRange(figures, percentiles);
        }
        if (outOfRange > 0) {
            figures.put("out_of_range", outOfRange);
        }
        return figures.build();
    }

    private void putInRange(Json.ObjectBuilder figures, List<BigDecimal> percentiles) {
        int count = inRange.size();
        figures.put("sum", Json.of(PlainDecimals.plain(sum)));
        figures.put("mean", Json.of(PlainDecimals.plain(sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64))));
        if (count > 1) {
            figures.put("stddev", Json.of(PlainDecimals.plain(deviation())));
        }
        Collections.sort(inRange);
        for (var percentile : percentiles) {
            figures.put("p" + percentile.toPlainString(), Json.of(PlainDecimals.plain(at(percentile))));
        }
    }

    private BigDecimal deviation() {
        return BigDecimal.valueOf(Math.sqrt(squares / (inRange.size() - 1))).round(DOUBLE_DIGITS);
    }

    private BigDecimal at(BigDecimal percentile) {
        var rank = percentile.divide(HUNDRED).multiply(BigDecimal.valueOf(inRange.size() - 1L));
        int below = rank.intValue();
        var low = inRange.get(below);
        if (below == inRange.size() - 1) {
            return low;
        }
        var share = rank.subtract(BigDecimal.valueOf(below));
        return low.add(inRange.get(below + 1).subtract(low).multiply(share));
    }
}
