package io.breakwater.core.business.quota;

import io.breakwater.port.driven.QuotaStore.Account;
import java.time.Duration;
import java.util.List;

/** The usages of all accounts today: in this process, or settled with a store that servers share. Thread-safe. */
public interface UsageCounters {

    /** Makes all charges or none, without waiting; undecided if this process cannot decide by itself. */
    QuotaDecision takeLocally(List<QuotaCharge> charges);

    /**
     * Makes all charges or none. It may wait for the store, and decides without it then.
     *
     * @param maxWait the maximum time to wait; a shorter timeout of the store applies too
     */
    QuotaDecision take(List<QuotaCharge> charges, Duration maxWait);

    /** Makes all charges, even beyond the quotas, for what has happened already. Never waits. */
    void add(List<QuotaCharge> charges);

    /**
     * Returns the usage of each account, in their order. It may wait for the store.
     *
     * @param maxWait the maximum time to wait; a shorter timeout of the store applies too
     */
    List<Double> used(List<Account> accounts, Duration maxWait);

    /** Returns the number of accounts in memory, for metrics. */
    long size();
}
