package io.breakwater.server.settings;

/**
 * What queries may cost, as the planner estimates it before they run; {@link #OFF} switches a limit off. A unit of cost
 * is about one page read in sequence.
 *
 * @param cost the most that one query may cost
 * @param rows the most rows that one query may give, however few of them are asked for
 * @param dailyBudget what all queries of one caller may cost together, from midnight to midnight UTC
 */
public record CostLimits(double cost, double rows, double dailyBudget) {
    /** No limit. */
    public static final double OFF = Double.POSITIVE_INFINITY;

    /** Nothing is limited, and nothing is estimated. */
    public static final CostLimits NONE = new CostLimits(OFF, OFF, OFF);

    /** Refuses limits that nothing could pass. */
    public CostLimits {
        if (!(cost > 0 && rows > 0 && dailyBudget > 0)) {
            throw new IllegalArgumentException("A limit of costs is above 0; leave it out to have none.");
        }
    }
}
