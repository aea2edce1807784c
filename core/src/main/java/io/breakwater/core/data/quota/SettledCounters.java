package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.core.business.quota.UsageCounters;
import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.QuotaStore;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.QuotaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Usages that this server counts and settles with a store that the servers of a deployment share ({@link UsageLedger}).
 * Most calls are decided here. Few ask the store, and wait for it at most for its timeout. While the store does not
 * answer, this server counts by itself, and no call waits.
 */
@OutageBehavior(
        guard = "quotas",
        dependency = GuardDependency.STORE,
        failure = "down",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Each server counts by itself from what it knew, so a caller that it does not know can use the quota once"
                        + " more on it.",
        recovery = "Within a second the server adds what it counted, and the quotas hold again.",
        signal = "health cause `store`; `mcp_quota_local_total`",
        details = "limits.md#several-servers-restarts-and-outages")
@OutageBehavior(
        guard = "quotas",
        dependency = GuardDependency.STORE,
        failure = "frozen or locked",
        effect = OutageEffect.DEGRADE,
        behavior = "A call that needs the store waits for at most `limits.quota.timeout`, and then the server counts by"
                + " itself. No further call waits.",
        recovery = "Within a second after the store answers, the quotas hold again.",
        signal = "`mcp_quota_errors_total`, `mcp_quota_local_total`",
        details = "limits.md#several-servers-restarts-and-outages")
public final class SettledCounters implements UsageCounters, AutoCloseable {
    private final UsageLedger ledger;
    private final Settler settler;
    private final Duration timeout;
    private final LongAdder alone = new LongAdder();

    /** Creates counters that ask the store from the first call on. */
    public SettledCounters(QuotaStore store, QuotaSettings settings, ServerExecutors executors) {
        this.ledger = new UsageLedger(settings.keys(), executors, true);
        this.timeout = settings.timeout();
        this.settler = new Settler(store, ledger, timeout, executors, this::takeAlone);
    }

    /** Registers the metrics. */
    public void bindTo(MetricSink metrics) {
        metrics.counter(
                "mcp_quota_local_total",
                "Decisions about quotas that this server made alone, because the store was not available.",
                Map.of(),
                alone::sum);
        metrics.counter("mcp_quota_errors_total", "Settlements of quotas that failed.", Map.of(), settler::failures);
    }

    @Override
    public QuotaDecision takeLocally(List<QuotaCharge> charges) {
        if (!settler.isAvailable()) {
            return takeAlone(charges);
        }
        var decision = ledger.take(charges, false);
        settler.startIfDue();
        return decision;
    }

    private QuotaDecision takeAlone(List<QuotaCharge> charges) {
        alone.increment();
        return ledger.take(charges, true);
    }

    @Override
    public QuotaDecision take(List<QuotaCharge> charges, Duration maxWait) {
        var decision = takeLocally(charges);
        return decision instanceof QuotaDecision.Undecided ? ask(charges, maxWait) : decision;
    }

    private QuotaDecision ask(List<QuotaCharge> charges, Duration maxWait) {
        var take = new WaitingTake(charges);
        settler.add(take);
        return take.await(maxWait.compareTo(timeout) < 0 ? maxWait : timeout, () -> takeAlone(charges));
    }

    @Override
    public void add(List<QuotaCharge> charges) {
        ledger.add(charges);
        settler.startIfDue();
    }

    @Override
    public List<Double> used(List<Account> accounts, Duration maxWait) {
        if (settler.isAvailable()) {
            var questions = accounts.stream()
                    .map(account -> new QuotaCharge(account, Double.POSITIVE_INFINITY, 0, 0))
                    .toList();
            var unused = ask(questions, maxWait);
        }
        return ledger.used(accounts);
    }

    @Override
    public long size() {
        return ledger.size();
    }

    /** Settles what is unsettled, so that other servers and later ones know it. */
    @Override
    public void close() {
        settler.close();
    }
}
