package io.breakwater.core.data.database;

import io.breakwater.core.business.database.Budgets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Budgets in memory: each replica counts for itself. There is room for so many callers a day; those who come later share
 * one budget, so that nobody gains a new one by crowding out the old.
 */
public final class MemoryBudgets implements Budgets {
    /** How many callers have a budget of their own. */
    static final int CALLERS = 10_000;

    private static final String THE_OTHERS = "";

    private final int room;
    private final Map<String, Double> spent = new HashMap<>();
    private LocalDate today = LocalDate.MIN;

    /** With room for 10,000 callers. */
    public MemoryBudgets() {
        this(CALLERS);
    }

    MemoryBudgets(int room) {
        this.room = room;
    }

    @Override
    public synchronized Taken take(String caller, LocalDate day, double cost, double budget) {
        if (day.isAfter(today)) {
            spent.clear();
            today = day;
        }
        var account = spent.containsKey(caller) || spent.size() < room ? caller : THE_OTHERS;
        double before = spent.getOrDefault(account, 0.0);
        boolean granted = before + cost <= budget;
        double after = granted ? before + cost : before;
        spent.put(account, after);
        return new Taken(granted, budget - after);
    }
}
