package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;

/**
 * The limits on the cost of a query, which the planner estimates before it runs; {@link #OFF} disables a limit. A unit of
 * cost is about one page read in sequence. {@link QuotaLimits#cost} limits the cost of all queries in a day.
 *
 * @param cost the maximum cost of one query
 * @param rows the maximum number of rows that one query may return, however few of them the caller requests
 */
public record CostLimits(double cost, double rows) {
    /** No limit. */
    public static final double OFF = Double.POSITIVE_INFINITY;

    /** No limits; queries are not estimated. */
    public static final CostLimits NONE = new CostLimits(OFF, OFF);

    /** Refuses limits that are not above 0. */
    public CostLimits {
        aboveZero(cost, "cost");
        aboveZero(rows, "rows");
    }

    private static void aboveZero(double limit, String component) {
        check(limit > 0, component + " must be greater than 0, but is " + limit + "; CostLimits.OFF is no limit.");
    }
}
