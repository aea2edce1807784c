package io.breakwater.core.data.database;

import io.breakwater.core.business.database.Budgets;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Account;
import io.breakwater.port.driven.BudgetStore.Taken;
import java.time.Duration;
import java.time.LocalDate;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Budgets out of a store that all servers share. While it does not say, this server counts for itself: nobody is kept
 * from their queries by it, and everybody keeps to a budget still, though to one at each server. What was counted so is
 * not counted anew when the store is back.
 *
 * <p>A store that is down says so at once. One that says nothing costs a query a second, and a batch a second for each
 * of its statements: so it is left alone for a while after that. So is one that says slowly that it is away, as it does
 * before the first attempt to reach it has ended, and while there is no connection.
 */
public final class StoredBudgets implements Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(StoredBudgets.class);

    /** A query has been planned and waits with its connection: the store gets no longer than this. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Whoever says that it is away within this costs a batch little, and may be asked again. */
    static final Duration AT_ONCE = Duration.ofMillis(100);

    /** How long a store is left alone that said nothing. */
    static final Duration REST = Duration.ofSeconds(5);

    private final BudgetStore store;
    private final BudgetStore meanwhile;
    private final String dataSource;
    private final LongSupplier nanos;
    private final Cooldown rest;

    /**
     * Out of that store.
     *
     * @param meanwhile counts while the store is away
     * @param dataSource what the budgets are for
     * @param nanos the time
     */
    public StoredBudgets(BudgetStore store, BudgetStore meanwhile, String dataSource, LongSupplier nanos) {
        this.store = store;
        this.meanwhile = meanwhile;
        this.dataSource = dataSource;
        this.nanos = nanos;
        this.rest = new Cooldown(REST, nanos);
    }

    @Override
    public Taken take(String caller, LocalDate day, double cost, double budget, CallContext scope) {
        var account = new Account(dataSource, caller);
        if (rest.mayAsk()) {
            boolean inFull = scope.remaining().compareTo(PATIENCE) >= 0;
            long began = nanos.getAsLong();
            try {
                var taken = store.take(account, day, cost, budget, DeadlineContext.of(scope, PATIENCE, nanos));
                rest.end();
                return taken;
            } catch (PortException away) {
                LOG.debug("The store of budgets does not say; this server counts for itself", away);
                if (inFull && !scope.cancelled()) {
                    blame(away, Duration.ofNanos(nanos.getAsLong() - began));
                }
            }
        }
        return meanwhile.take(account, day, cost, budget, scope);
    }

    /** Not for a call that was in a hurry, or is wanted no more: that proves nothing against the store. */
    private void blame(PortException away, Duration took) {
        boolean silent = away instanceof PortException.DeadlineExceededException || took.compareTo(AT_ONCE) > 0;
        if (silent && rest.begin()) {
            LOG.warn(
                    "The store of budgets did not say in {} ms: this server counts for itself, and asks again every {} s.",
                    took.toMillis(),
                    REST.toSeconds());
        }
    }
}
