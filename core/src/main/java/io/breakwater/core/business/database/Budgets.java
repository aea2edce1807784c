package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.BudgetStore.Taken;
import java.time.LocalDate;

/** What each caller's queries have cost today, in the planner's units. Thread-safe. */
public interface Budgets {

    /**
     * Takes so much from a caller's budget of that day, or nothing when less is left. May wait for a bounded time.
     *
     * @param budget what a caller has for a day
     */
    Taken take(String caller, LocalDate day, double cost, double budget, CallContext scope);
}
