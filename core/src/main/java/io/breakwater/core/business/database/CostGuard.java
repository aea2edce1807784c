package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.server.settings.CostLimits;
import java.util.Locale;

/**
 * Refuses queries whose estimated cost is too high, and those that exceed the quota of their caller. An admitted query is
 * charged at once, by its estimate and whatever its outcome.
 */
public final class CostGuard {
    private final CostLimits limits;

    /** Creates a guard with limits. */
    public CostGuard(CostLimits limits) {
        this.limits = limits;
    }

    /** Returns the check for the statements of a call. */
    CostGate gate(StatementQuota quota, CallContext context) {
        return limits.equals(CostLimits.NONE) && Double.isInfinite(quota.maxCost())
                ? CostGate.OPEN
                : estimate -> admit(estimate, quota, context);
    }

    /** Checks a plan like the gate, and takes nothing from the quota. */
    void check(QueryPlan plan, StatementQuota quota, CallContext context) {
        var estimate = new Estimate(plan.cost().doubleValue(), plan.rows().doubleValue(), plan.costliestStep());
        requireBelowLimits(estimate, quota);
        quota.requireCost(estimate.cost(), context);
    }

    private void admit(Estimate estimate, StatementQuota quota, CallContext context) {
        requireBelowLimits(estimate, quota);
        quota.takeCost(estimate.cost(), context);
    }

    private void requireBelowLimits(Estimate estimate, StatementQuota quota) {
        if (estimate.cost() > limits.cost()) {
            throw refusal(estimate, cost(estimate), "limit of " + format(limits.cost()));
        }
        if (estimate.rows() > limits.rows()) {
            throw refusal(
                    estimate, "give %s rows".formatted(format(estimate.rows())), "limit of " + format(limits.rows()));
        }
        if (estimate.cost() > quota.maxCost()) {
            throw refusal(estimate, cost(estimate), "quota of " + format(quota.maxCost()) + " a day");
        }
    }

    private static String cost(Estimate estimate) {
        return "cost %s planner units".formatted(format(estimate.cost()));
    }

    private static PortException refusal(Estimate estimate, String expectation, String limit) {
        return new PortException.RefusedException(
                Reason.INVALID,
                ("The planner expects this query to %s, above the %s; its most expensive step is %s. Filter"
                                + " by an indexed column or join fewer tables; explain_query shows the whole plan.")
                        .formatted(expectation, limit, estimate.node()),
                null);
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
