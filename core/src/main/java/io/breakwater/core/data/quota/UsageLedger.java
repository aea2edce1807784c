package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Balance;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts usages, and decides about charges. A server that shares a store counts up to a block of each quota, which is 1
 * percent of it, before it settles: it adds what it has counted to the store, which reports the usage of all servers. So
 * the servers together admit at most a block for each of them beyond a quota. An amount that does not fit into the block
 * is taken from the store itself, and so is the first one of each account and day.
 *
 * <p>Thread-safe. All methods return at once.
 */
final class UsageLedger {
    private final ServerExecutors executors;
    private final boolean settles;
    private final UsageTable table; // guarded by this
    private boolean due; // guarded by this

    /**
     * Creates a ledger without usages.
     *
     * @param maxAccounts the maximum number of accounts in memory
     * @param settles whether a store settles the usages
     */
    UsageLedger(int maxAccounts, ServerExecutors executors, boolean settles) {
        this.executors = executors;
        this.settles = settles;
        this.table = new UsageTable(maxAccounts, executors, settles);
    }

    /**
     * Makes all charges or none; undecided if only the store knows.
     *
     * @param alone whether to decide without the store
     */
    synchronized QuotaDecision take(List<QuotaCharge> charges, boolean alone) {
        long nanos = executors.nanoTime();
        boolean unsure = false;
        for (var charge : charges) {
            var usage = table.usage(charge.account());
            switch (usage.check(charge, alone, nanos)) {
                case FREE -> {}
                case EXHAUSTED -> {
                    return refused(charge, usage.used());
                }
                case UNSURE -> unsure = true;
            }
        }
        if (unsure) {
            return QuotaDecision.UNDECIDED;
        }
        add(charges);
        return QuotaDecision.ADMITTED;
    }

    private QuotaDecision refused(QuotaCharge charge, double used) {
        var resetsAt = table.today().end();
        var retryAfter = Duration.between(executors.clock().instant(), resetsAt);
        return new QuotaDecision.Refused(charge, used, resetsAt, retryAfter);
    }

    /** Makes all charges, even beyond the quotas. */
    synchronized void add(List<QuotaCharge> charges) {
        for (var charge : charges) {
            if (charge.amount() != 0) {
                var usage = table.usage(charge.account());
                table.add(usage, charge.amount());
                due |= settles && usage.isDue(charge.limit());
            }
        }
    }

    /** Takes back charges that were made. */
    synchronized void giveBack(List<QuotaCharge> charges) {
        charges.forEach(charge -> table.add(table.usage(charge.account()), -charge.amount()));
    }

    /** Returns the usage of each account. */
    synchronized List<Double> used(List<Account> accounts) {
        return accounts.stream()
                .map(account -> Math.max(0, table.usage(account).used()))
                .toList();
    }

    /** Returns the number of accounts in memory. */
    synchronized int size() {
        return table.size();
    }

    /** Returns whether a usage should be settled now, because its block may be full soon. */
    synchronized boolean isDue() {
        return due;
    }

    /** Returns the number of usages that are unsettled. */
    synchronized int unsettled() {
        return table.unsettled();
    }

    /**
     * Begins a settlement. Only one may be in progress.
     *
     * @param waiting the calls that wait for the store; one that shares an account with an earlier one is left out
     * @param maxItems the maximum number of accounts beside those of waiting calls
     * @param asks whether to ask the store for the usage of one account if there is nothing to settle
     */
    synchronized Settlement begin(List<WaitingTake> waiting, int maxItems, boolean asks) {
        due = false;
        var taken = new LinkedHashMap<Account, QuotaCharge>();
        var takes = new ArrayList<WaitingTake>();
        for (var take : waiting) {
            if (take.charges().stream().map(QuotaCharge::account).noneMatch(taken::containsKey)) {
                takes.add(take);
                take.charges().forEach(charge -> taken.put(charge.account(), charge));
            }
        }
        var items = new ArrayList<Settlement.Item>();
        taken.forEach((account, charge) ->
                items.add(table.settle(table.usage(account)).with(charge)));
        items.addAll(table.settle(maxItems));
        if (asks && items.isEmpty()) {
            items.addAll(table.settleLatest());
        }
        return new Settlement(items, takes);
    }

    /** Ends a settlement with the balances of its items, and returns the decision about each of its takes. */
    synchronized List<QuotaDecision> complete(Settlement settlement, List<Balance> balances) {
        var results = new HashMap<Account, Balance>();
        for (int i = 0; i < balances.size(); i++) {
            var item = settlement.items().get(i);
            var balance = balances.get(i);
            end(item, balance);
            if (item.taken() != null) {
                results.put(item.account(), item.total(balance));
            }
        }
        return settlement.takes().stream().map(take -> decide(take, results)).toList();
    }

    private void end(Settlement.Item item, Balance balance) {
        var usage = item.usage();
        if (usage != null && usage.isCurrent(item.day())) {
            usage.endSettlement(balance, executors.nanoTime());
            table.noteUnsettled(usage);
        } else if (!balance.charged()) {
            table.leaveOver(item.account(), item.day(), item.own());
        }
    }

    /** The store decides about each charge by itself, so it may have made one of a call that it refused. */
    private QuotaDecision decide(WaitingTake take, Map<Account, Balance> results) {
        var made = new ArrayList<QuotaCharge>();
        QuotaDecision decision = QuotaDecision.ADMITTED;
        for (var charge : take.charges()) {
            var balance = results.get(charge.account());
            if (balance == null || balance.charged()) {
                made.add(charge);
            } else {
                decision = refused(charge, balance.used());
            }
        }
        if (decision instanceof QuotaDecision.Refused) {
            giveBack(made);
        }
        return decision;
    }

    /** Ends a settlement that failed: everything is unsettled again. */
    synchronized void fail(Settlement settlement) {
        for (var item : settlement.items()) {
            var usage = item.usage();
            if (usage != null && usage.isCurrent(item.day())) {
                usage.failSettlement();
                table.noteUnsettled(usage);
            } else {
                table.leaveOver(item.account(), item.day(), item.own());
            }
        }
    }
}
