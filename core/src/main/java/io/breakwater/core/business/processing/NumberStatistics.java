package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of a set of numbers.
 *
 * <p>Minimum, maximum, sum and percentiles are exact decimals; the mean is the exact sum divided to 16 digits. The
 * standard deviation is that of a sample (divided by n − 1, absent for a single number), computed by Welford's method
 * in double arithmetic and rounded to 15 digits, because a square root is not exact in any case. Percentiles
 * interpolate linearly between the two nearest ranks, as spreadsheets, NumPy and SQL's {@code percentile_cont} do.
 *
 * <p>Numbers of more than 150 digits before or after the decimal point count only for minimum and maximum, and are
 * reported as {@code out_of_range}: the memory for exact sums with them would depend on their value instead of the size
 * of the document.
 */
final class NumberStatistics {
    private static final int MAX_EXPONENT = 150;
    /** The precision of double arithmetic. */
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

    /** Returns the statistics, or null if there were no numbers. */
    @Nullable
    Json toJson(List<BigDecimal> percentiles) {
        if (min == null || max == null) {
            return null;
        }
        var statistics = Json.object().put("min", Json.of(min)).put("max", Json.of(max));
        if (!inRange.isEmpty()) {
            putInRange(statistics, percentiles);
        }
        if (outOfRange > 0) {
            statistics.put("out_of_range", outOfRange);
        }
        return statistics.build();
    }

    private void putInRange(Json.ObjectBuilder statistics, List<BigDecimal> percentiles) {
        int count = inRange.size();
        statistics.put("sum", Json.of(PlainDecimals.plain(sum)));
        statistics.put(
                "mean", Json.of(PlainDecimals.plain(sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL64))));
        if (count > 1) {
            statistics.put("stddev", Json.of(PlainDecimals.plain(deviation())));
        }
        Collections.sort(inRange);
        for (var percent : percentiles) {
            statistics.put("p" + percent.toPlainString(), Json.of(PlainDecimals.plain(percentile(percent))));
        }
    }

    private BigDecimal deviation() {
        return BigDecimal.valueOf(Math.sqrt(squares / (inRange.size() - 1))).round(DOUBLE_DIGITS);
    }

    private BigDecimal percentile(BigDecimal percent) {
        var rank = percent.divide(HUNDRED).multiply(BigDecimal.valueOf(inRange.size() - 1L));
        int below = rank.intValue();
        var low = inRange.get(below);
        if (below == inRange.size() - 1) {
            return low;
        }
        var share = rank.subtract(BigDecimal.valueOf(below));
        return low.add(inRange.get(below + 1).subtract(low).multiply(share));
    }
}
