package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.core.business.quota.UsageCounters;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import io.breakwater.port.memory.MemoryQuotaStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.settings.QuotaSettings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Servers with one store. It is noon; time passes when a test says so, and what is due then runs in the background. */
final class QuotaServers implements AutoCloseable {
    static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    static final Account ANN = calls("ann");

    final TimedExecutors executors = new TimedExecutors();
    final SimulatedLink line = new SimulatedLink();
    final MemoryQuotaStore store = new MemoryQuotaStore(line);

    static Account calls(String principal) {
        return new Account(Scope.PRINCIPAL, principal, Kind.CALLS);
    }

    /** Starts a server whose calls wait for the store as long as the test may take. */
    SettledCounters start() {
        return start(QuotaSettings.OFF.withTimeout(Eventually.LIMIT));
    }

    SettledCounters start(QuotaSettings settings) {
        return new SettledCounters(store, settings, executors);
    }

    static QuotaCharge charge(Account account, double limit, double amount) {
        return new QuotaCharge(account, limit, amount, amount);
    }

    static QuotaDecision take(UsageCounters server, QuotaCharge... charges) {
        return server.take(List.of(charges), Eventually.LIMIT);
    }

    /** Makes calls of ann, and returns how many were admitted. */
    static int admitted(UsageCounters server, double limit, int calls) {
        return (int) IntStream.range(0, calls)
                .filter(i -> take(server, charge(ANN, limit, 1)) instanceof QuotaDecision.Admitted)
                .count();
    }

    double used(Account account) {
        return store.used(account, TODAY);
    }

    /** Lets a second pass after all requests have ended, and waits until the store has this usage of today. */
    void settle(Account account, double used) {
        executors.awaitIdle();
        executors.pass(Duration.ofSeconds(1));
        Eventually.holds(() -> used(account) == used, () -> "The store has " + used(account));
    }

    @Override
    public void close() {
        line.mend();
        executors.close();
    }
}
