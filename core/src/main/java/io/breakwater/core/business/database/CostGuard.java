package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.server.settings.CostLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Refuses queries whose estimated cost is too high, and limits the cost of each caller's queries in a day. An admitted
 * query is charged at once, by its estimate and whatever its outcome.
 */
public final class CostGuard {
    private final CostLimits limits;
    private final Budgets budgets;
    private final InstantSource clock;

    /** Creates a guard with limits, the budgets of callers, and a clock; days begin at midnight UTC. */
    public CostGuard(CostLimits limits, Budgets budgets, InstantSource clock) {
        this.limits = limits;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** Returns the check for the statements of a caller. */
    CostGate gate(String caller, CallContext context) {
        return limits.equals(CostLimits.NONE) ? CostGate.OPEN : estimate -> admit(estimate, caller, context);
    }

    private void admit(Estimate estimate, String caller, CallContext context) {
        if (estimate.cost() > limits.cost()) {
            throw refusal(estimate, "cost %s units".formatted(format(estimate.cost())), format(limits.cost()));
        }
        if (estimate.rows() > limits.rows()) {
            throw refusal(estimate, "give %s rows".formatted(format(estimate.rows())), format(limits.rows()));
        }
        if (estimate.cost() > limits.dailyBudget()) {
            throw refusal(
                    estimate,
                    "cost %s units".formatted(format(estimate.cost())),
                    format(limits.dailyBudget()) + " of a whole day");
        }
        if (limits.dailyBudget() < CostLimits.OFF) {
            chargeBudget(estimate, caller, context);
        }
    }

    private void chargeBudget(Estimate estimate, String caller, CallContext context) {
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var charge = budgets.take(caller, today, estimate.cost(), limits.dailyBudget(), context);
        if (!charge.granted()) {
            var midnight = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            throw new PortException.ExhaustedException(
                    ("Your queries may cost %s planner units a day; %s are left, and this one is expected to cost %s."
                                    + " The budget is renewed at midnight UTC.")
                            .formatted(
                                    format(limits.dailyBudget()), format(charge.remaining()), format(estimate.cost())),
                    Duration.between(now, midnight));
        }
    }

    private static PortException refusal(Estimate estimate, String expectation, String limit) {
        return new PortException.RefusedException(
                Reason.INVALID,
                ("The planner expects this query to %s, above the limit of %s; its most expensive step is %s. Filter"
                                + " by an indexed column or join fewer tables; explain_query shows the whole plan.")
                        .formatted(expectation, limit, estimate.node()),
                null);
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
