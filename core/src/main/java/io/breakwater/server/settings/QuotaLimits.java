package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;

/**
 * How much one owner may use from midnight to midnight UTC; {@link #OFF} disables a quota.
 *
 * @param calls the number of calls of tools, reads of resources and uses of prompts
 * @param rows the number of rows that SQL tools return
 * @param cost the cost of SQL statements, which the planner estimates before they run; a unit is about one page read in
 *     sequence
 */
public record QuotaLimits(double calls, double rows, double cost) {
    /** No quota. */
    public static final double OFF = Double.POSITIVE_INFINITY;

    /** No quotas. */
    public static final QuotaLimits NONE = new QuotaLimits(OFF, OFF, OFF);

    /** Refuses quotas below 1. */
    public QuotaLimits {
        atLeastOne(calls, "calls");
        atLeastOne(rows, "rows");
        atLeastOne(cost, "cost");
    }

    private static void atLeastOne(double limit, String component) {
        check(limit >= 1, component + " must be at least 1, but is " + limit + "; QuotaLimits.OFF is no quota.");
    }

    /** Returns a copy with another quota of calls. */
    public QuotaLimits withCalls(double limit) {
        return new QuotaLimits(limit, rows, cost);
    }

    /** Returns a copy with another quota of rows. */
    public QuotaLimits withRows(double limit) {
        return new QuotaLimits(calls, limit, cost);
    }

    /** Returns a copy with another quota of cost. */
    public QuotaLimits withCost(double limit) {
        return new QuotaLimits(calls, rows, limit);
    }
}
