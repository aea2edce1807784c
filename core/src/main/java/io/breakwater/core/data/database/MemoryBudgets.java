package io.breakwater.core.data.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.BudgetStore;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Budgets in memory, of this process alone. There is room for so many accounts a day; those that come later share one
 * budget, so that nobody gains a new one by crowding out the old.
 */
public final class MemoryBudgets implements BudgetStore {
    /** How many accounts have a budget of their own. */
    static final int ACCOUNTS = 10_000;

    private static final Account THE_OTHERS = new Account("", "");

    private final int room;
    private final Map<Account, Double> spent = new HashMap<>(); // guarded by this
    private LocalDate today = LocalDate.MIN; // guarded by this

    /** With room for 10,000 accounts. */
    public MemoryBudgets() {
        this(ACCOUNTS);
    }

    MemoryBudgets(int room) {
        this.room = room;
    }

    @Override
    public synchronized Taken take(Account account, LocalDate day, double amount, double budget, CallContext scope) {
        if (day.isAfter(today)) {
            spent.clear();
            today = day;
        }
        var charged = spent.containsKey(account) || spent.size() < room ? account : THE_OTHERS;
        double before = spent.getOrDefault(charged, 0.0);
        boolean granted = before + amount <= budget;
        double after = granted ? before + amount : before;
        spent.put(charged, after);
        return new Taken(granted, Math.max(0, budget - after));
    }
}
