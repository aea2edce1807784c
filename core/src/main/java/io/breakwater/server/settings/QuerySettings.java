package io.breakwater.server.settings;

/**
 * What callers may ask of a database.
 *
 * @param limits how much of a result one call gives
 * @param costs what queries may cost
 */
public record QuerySettings(QueryLimits limits, CostLimits costs) {

    /** The standard limits, and no bound of costs. */
    public static QuerySettings standard() {
        return new QuerySettings(QueryLimits.standard(), CostLimits.NONE);
    }
}
