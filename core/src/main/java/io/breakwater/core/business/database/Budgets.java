package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.BudgetStore.Withdrawal;
import java.time.LocalDate;

/** The cost of each caller's queries today, in planner units. Thread-safe. */
public interface Budgets {

    /**
     * Charges a cost to a caller's budget for a day, unless less than that is left. May wait for a limited time.
     *
     * @param cost the cost in planner units
     * @param budget the total budget of a caller for a day, in planner units
     */
    Withdrawal take(String caller, LocalDate day, double cost, double budget, CallContext context);
}
