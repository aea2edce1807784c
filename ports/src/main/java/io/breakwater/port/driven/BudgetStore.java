package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.time.LocalDate;

/**
 * Stores how much of their daily budgets callers have used. The methods block and raise
 * {@link io.breakwater.port.PortException}. Contract: {@code BudgetStoreContract}.
 */
public interface BudgetStore {

    /**
     * Takes an amount from the budget of a caller for a day, or nothing when less is left. The operation is atomic.
     *
     * @param amount the amount to take; neither negative nor infinite
     * @param budget the budget of the caller for the day
     */
    Withdrawal take(Account account, LocalDate day, double amount, double budget, CallContext context);

    /**
     * The key of a budget.
     *
     * @param dataSource the data source that the budget limits
     * @param caller the caller that the budget belongs to
     */
    record Account(String dataSource, String caller) {}

    /**
     * The result of {@link BudgetStore#take}.
     *
     * @param granted whether the amount was taken
     * @param remaining the rest of the budget for the day
     */
    record Withdrawal(boolean granted, double remaining) {}
}
