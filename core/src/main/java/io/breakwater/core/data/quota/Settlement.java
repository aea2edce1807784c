package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDay;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Balance;
import io.breakwater.port.driven.QuotaStore.Charge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request to the store settles: for each account what this server has counted, and with it what a waiting call
 * takes.
 *
 * @param items one for each account and day
 * @param takes the calls whose charges are among the items
 */
record Settlement(List<Item> items, List<WaitingTake> takes) {

    List<Charge> charges() {
        return items.stream().map(Item::charge).toList();
    }

    /**
     * The settlement of one account.
     *
     * @param usage the usage; null if the ledger has forgotten it
     * @param own what this server has counted
     * @param taken what a waiting call takes; null for nothing
     */
    record Item(
            Account account,
            QuotaDay day,
            @Nullable Usage usage,
            double own,
            @Nullable QuotaCharge taken) {

        Item with(QuotaCharge charge) {
            return new Item(account, day, usage, own, charge);
        }

        /** Returns the charge. If a call takes something, the quota must have enough left for both. */
        Charge charge() {
            return taken == null
                    ? new Charge(account, day.date(), own, Double.POSITIVE_INFINITY)
                    : new Charge(
                            account, day.date(), own + taken.amount(), taken.limit() - taken.needed() + taken.amount());
        }

        /** Returns the balance with everything that this server has counted. */
        Balance total(Balance balance) {
            return balance.charged() ? balance : new Balance(false, balance.used() + own);
        }
    }
}
