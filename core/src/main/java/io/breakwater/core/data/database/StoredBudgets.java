package io.breakwater.core.data.database;

import io.breakwater.core.business.database.Budgets;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Account;
import io.breakwater.port.driven.BudgetStore.Withdrawal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Budgets in a store that all servers share. While the store does not answer, this server counts by itself: queries are
 * still admitted, and each caller is still limited, but on each server separately. These costs are not added to the
 * store later.
 *
 * <p>A store that is down reports it at once. One that does not answer delays each query by a second, and a batch by a
 * second for each of its statements; it is therefore not used for a cooldown. The same applies to a store that reports
 * slowly that it is unavailable, which happens before the first attempt to connect has ended and while there is no
 * connection.
 */
public final class StoredBudgets implements Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(StoredBudgets.class);

    /** The maximum time for the store, because a planned query waits and holds a connection. */
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** A store that reports within this time that it is unavailable delays a batch little, and is used again. */
    static final Duration FAST_FAILURE = Duration.ofMillis(100);

    /** The time for which a store that did not answer is not used. */
    static final Duration COOLDOWN = Duration.ofSeconds(5);

    private final BudgetStore store;
    private final BudgetStore fallback;
    private final String dataSource;
    private final LongSupplier nanos;
    private final Cooldown cooldown;

    /**
     * Uses a store.
     *
     * @param fallback counts while the store is unavailable
     * @param dataSource the database to which the budgets apply
     * @param nanos the clock in nanoseconds
     */
    public StoredBudgets(BudgetStore store, BudgetStore fallback, String dataSource, LongSupplier nanos) {
        this.store = store;
        this.fallback = fallback;
        this.dataSource = dataSource;
        this.nanos = nanos;
        this.cooldown = new Cooldown(COOLDOWN, nanos);
    }

    @Override
    public Withdrawal take(String caller, LocalDate day, double cost, double budget, CallContext context) {
        var account = new Account(dataSource, caller);
        if (cooldown.tryAcquire()) {
            boolean fullTime = context.remaining().compareTo(TIMEOUT) >= 0;
            long began = nanos.getAsLong();
            try {
                var charge = store.take(account, day, cost, budget, DeadlineContext.of(context, TIMEOUT, nanos));
                cooldown.end();
                return charge;
            } catch (PortException failure) {
                LOG.debug("The budget store did not answer; this server counts budgets by itself", failure);
                if (fullTime && !context.cancelled()) {
                    recordFailure(failure, Duration.ofNanos(nanos.getAsLong() - began));
                }
            }
        }
        return fallback.take(account, day, cost, budget, context);
    }

    /**
     * Starts the cooldown after a failure. Calls with little time left or that are cancelled do not count, because they
     * prove nothing about the store.
     */
    private void recordFailure(PortException failure, Duration elapsed) {
        boolean slow =
                failure instanceof PortException.DeadlineExceededException || elapsed.compareTo(FAST_FAILURE) > 0;
        if (slow && cooldown.begin()) {
            LOG.warn(
                    "The budget store did not answer within {} ms; this server counts budgets by itself and tries"
                            + " the store again every {} s.",
                    elapsed.toMillis(),
                    COOLDOWN.toSeconds());
        }
    }
}
