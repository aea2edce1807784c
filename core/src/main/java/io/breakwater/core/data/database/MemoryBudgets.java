package io.breakwater.core.data.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.BudgetStore;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Budgets in the memory of this process only. The number of accounts a day is limited; further accounts share one
 * budget, so that a caller cannot get a new budget by filling the memory with accounts.
 */
public final class MemoryBudgets implements BudgetStore {
    /** The maximum number of accounts with a budget of their own. */
    static final int ACCOUNTS = 10_000;

    private static final Account SHARED = new Account("", "");

    private final int maxAccounts;
    private final Map<Account, Double> spent = new HashMap<>(); // guarded by this
    private LocalDate today = LocalDate.MIN; // guarded by this

    /** Creates budgets for up to 10,000 accounts. */
    public MemoryBudgets() {
        this(ACCOUNTS);
    }

    MemoryBudgets(int maxAccounts) {
        this.maxAccounts = maxAccounts;
    }

    @Override
    public synchronized Withdrawal take(
            Account account, LocalDate day, double amount, double budget, CallContext context) {
        if (day.isAfter(today)) {
            spent.clear();
            today = day;
        }
        var charged = spent.containsKey(account) || spent.size() < maxAccounts ? account : SHARED;
        double before = spent.getOrDefault(charged, 0.0);
        boolean granted = before + amount <= budget;
        double after = granted ? before + amount : before;
        spent.put(charged, after);
        return new Withdrawal(granted, Math.max(0, budget - after));
    }
}
