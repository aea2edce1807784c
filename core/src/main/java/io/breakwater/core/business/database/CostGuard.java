package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.server.settings.CostLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Refuses queries that the planner expects to be too expensive, and keeps each caller to a budget for the day. What is
 * let in is paid for at once, by the estimate, whatever becomes of it.
 */
public final class CostGuard {
    private final CostLimits limits;
    private final Budgets budgets;
    private final InstantSource clock;

    /** Days begin and end by that clock, in UTC. */
    public CostGuard(CostLimits limits, Budgets budgets, InstantSource clock) {
        this.limits = limits;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** The gate for that caller's statements. */
    GuardedSql.Gate gate(String caller, CallContext scope) {
        return limits.equals(CostLimits.NONE) ? GuardedSql.Gate.OPEN : estimate -> admit(estimate, caller, scope);
    }

    private void admit(Estimate estimate, String caller, CallContext scope) {
        if (estimate.cost() > limits.cost()) {
            throw refused(estimate, "cost %s units".formatted(figure(estimate.cost())), figure(limits.cost()));
        }
        if (estimate.rows() > limits.rows()) {
            throw refused(estimate, "give %s rows".formatted(figure(estimate.rows())), figure(limits.rows()));
        }
        if (estimate.cost() > limits.dailyBudget()) {
            throw refused(
                    estimate,
                    "cost %s units".formatted(figure(estimate.cost())),
                    figure(limits.dailyBudget()) + " of a whole day");
        }
        if (limits.dailyBudget() < CostLimits.OFF) {
            pay(estimate, caller, scope);
        }
    }

    private void pay(Estimate estimate, String caller, CallContext scope) {
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var taken = budgets.take(caller, today, estimate.cost(), limits.dailyBudget(), scope);
        if (!taken.granted()) {
            var midnight = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            throw new PortException.ExhaustedException(
                    ("Your queries may cost %s planner units a day; %s are left, and this one is expected to cost %s."
                                    + " The budget is renewed at midnight UTC.")
                            .formatted(figure(limits.dailyBudget()), figure(taken.left()), figure(estimate.cost())),
                    Duration.between(now, midnight));
        }
    }

    private static PortException refused(Estimate estimate, String expectation, String limit) {
        return new PortException.RefusedException(
                Reason.INVALID,
                ("The planner expects this query to %s, above the limit of %s; its most expensive step is %s. Filter"
                                + " by an indexed column or join less; explain_query shows the whole plan.")
                        .formatted(expectation, limit, estimate.node()),
                null);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
