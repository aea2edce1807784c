package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.notNull;

/**
 * The limits on queries.
 *
 * @param limits the limits on the result of one call
 * @param costs the limits on the cost of queries
 */
public record QuerySettings(QueryLimits limits, CostLimits costs) {

    /** Refuses null. */
    public QuerySettings {
        notNull(limits, "QuerySettings.limits");
        notNull(costs, "QuerySettings.costs");
    }

    /** Returns the default limits, without limits on cost. */
    public static QuerySettings standard() {
        return new QuerySettings(QueryLimits.standard(), CostLimits.NONE);
    }
}
