package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** The minimum, maximum and mean of lengths. */
final class LengthStatistics {
    private int count;
    private int min = Integer.MAX_VALUE;
    private int max;
    private long sum;

    void add(int length) {
        count++;
        min = Math.min(min, length);
        max = Math.max(max, length);
        sum += length;
    }

    /** Returns the statistics, or null if there were no lengths. */
    @Nullable
    Json toJson() {
        if (count == 0) {
            return null;
        }
        var mean = BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), MathContext.DECIMAL64);
        return Json.object()
                .put("min", min)
                .put("max", max)
                .put("mean", Json.of(PlainDecimals.plain(mean)))
                .build();
    }
}
