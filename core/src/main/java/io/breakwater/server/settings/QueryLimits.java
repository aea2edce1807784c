package io.breakwater.server.settings;

import java.time.Duration;

/**
 * How much of a result one call gives.
 *
 * @param rows how many rows at most
 * @param bytes how many bytes they may take, written as JSON
 * @param offset how many rows a cursor may pass over: each part runs the statement again and reads past those before it
 * @param cursorLife how long a cursor can be used
 */
public record QueryLimits(int rows, long bytes, long offset, Duration cursorLife) {

    /** Refuses limits under which nothing is shown. */
    public QueryLimits {
        if (rows < 1 || bytes < 1 || offset < 0 || !cursorLife.isPositive()) {
            throw new IllegalArgumentException(
                    "A result shows at least one row of one byte, and its cursor lives for a while.");
        }
    }

    /** 1,000 rows, 1 MiB, 100,000 rows to pass over, 1 h. */
    public static QueryLimits standard() {
        return new QueryLimits(1_000, 1 << 20, 100_000, Duration.ofHours(1));
    }
}
