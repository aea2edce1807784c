package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.time.LocalDate;

/**
 * How much of their budgets for a day callers have used up. The methods block and raise
 * {@link io.breakwater.port.PortException}. Contract: {@code BudgetStoreContract}.
 */
public interface BudgetStore {

    /**
     * Takes so much from a caller's budget of that day, or nothing when less is left; in one step, however many take
     * from it at the same time.
     *
     * @param amount what to take; neither negative nor infinite
     * @param budget what the caller has for the day
     */
    Taken take(Account account, LocalDate day, double amount, double budget, CallContext scope);

    /**
     * Whose budget, and of what.
     *
     * @param dataSource tells apart what budgets are for
     * @param caller whose it is
     */
    record Account(String dataSource, String caller) {}

    /**
     * What came of it.
     *
     * @param granted whether it was taken
     * @param left what is left of the day's budget
     */
    record Taken(boolean granted, double left) {}
}
