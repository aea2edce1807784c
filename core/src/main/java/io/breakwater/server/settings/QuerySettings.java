package io.breakwater.server.settings;

/**
 * The limits on queries.
 *
 * @param limits the limits on the result of one call
 * @param costs the limits on the cost of queries
 */
public record QuerySettings(QueryLimits limits, CostLimits costs) {

    /** Returns the default limits, without limits on cost. */
    public static QuerySettings standard() {
        return new QuerySettings(QueryLimits.standard(), CostLimits.NONE);
    }
}
