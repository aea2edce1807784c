package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.core.business.quota.UsageCounters;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.List;

/**
 * Usages in the memory of this process only, which are lost when it ends. Every decision is made at once. Beyond the
 * maximum number of accounts, the account that was not used for the longest time is forgotten.
 */
@OutageBehavior(
        guard = "quotas",
        dependency = GuardDependency.MEMORY,
        failure = "full of callers",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Without a store, or while it is down, callers that were not seen for the longest time are forgotten,"
                        + " and begin unused when they return.",
        recovery = "Unused callers are dropped first.",
        signal = "`mcp_quota_keys`",
        details = "limits.md#several-servers-restarts-and-outages")
@OutageBehavior(
        guard = "quotas",
        dependency = GuardDependency.PROCESS,
        failure = "restarted without a store",
        effect = OutageEffect.DEGRADE,
        behavior = "All callers begin unused, so each can use its quota once more on that day.",
        recovery = "With a store, a restart forgets nothing.",
        signal = "–",
        details = "limits.md#several-servers-restarts-and-outages")
public final class MemoryCounters implements UsageCounters {
    private final UsageLedger ledger;

    /**
     * Creates counters without usages.
     *
     * @param maxAccounts the maximum number of accounts in memory
     */
    public MemoryCounters(int maxAccounts, ServerExecutors executors) {
        this.ledger = new UsageLedger(maxAccounts, executors, false);
    }

    @Override
    public QuotaDecision takeLocally(List<QuotaCharge> charges) {
        return ledger.take(charges, true);
    }

    @Override
    public QuotaDecision take(List<QuotaCharge> charges, Duration maxWait) {
        return ledger.take(charges, true);
    }

    @Override
    public void add(List<QuotaCharge> charges) {
        ledger.add(charges);
    }

    @Override
    public List<Double> used(List<Account> accounts, Duration maxWait) {
        return ledger.used(accounts);
    }

    @Override
    public long size() {
        return ledger.size();
    }
}
