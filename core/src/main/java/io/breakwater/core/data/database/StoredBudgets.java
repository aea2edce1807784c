package io.breakwater.core.data.database;

import io.breakwater.core.business.database.Budgets;
import io.breakwater.port.CallScope;
import io.breakwater.port.Failure;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Account;
import io.breakwater.port.driven.BudgetStore.Taken;
import java.time.Duration;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Budgets out of a store that all servers share. While it does not say, this server counts for itself: nobody is kept from
 * their queries by it, and everybody keeps to a budget still, though to one at each server. What was counted so is not
 * counted anew when the store is back.
 */
public final class StoredBudgets implements Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(StoredBudgets.class);

    /** A query has been planned and waits with its connection: the store gets no longer than this. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BudgetStore store;
    private final BudgetStore meanwhile;
    private final String dataSource;

    /**
     * Out of that store.
     *
     * @param meanwhile counts while the store is away
     * @param dataSource what the budgets are for
     */
    public StoredBudgets(BudgetStore store, BudgetStore meanwhile, String dataSource) {
        this.store = store;
        this.meanwhile = meanwhile;
        this.dataSource = dataSource;
    }

    @Override
    public Taken take(String caller, LocalDate day, double cost, double budget, CallScope scope) {
        var account = new Account(dataSource, caller);
        try {
            return store.take(account, day, cost, budget, new Brief(scope, PATIENCE));
        } catch (Failure away) {
            LOG.debug("The store of budgets does not say; this server counts for itself", away);
            return meanwhile.take(account, day, cost, budget, scope);
        }
    }
}
