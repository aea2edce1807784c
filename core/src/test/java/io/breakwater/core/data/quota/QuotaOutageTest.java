package io.breakwater.core.data.quota;

import static io.breakwater.core.data.quota.QuotaServers.ANN;
import static io.breakwater.core.data.quota.QuotaServers.admitted;
import static io.breakwater.core.data.quota.QuotaServers.charge;
import static io.breakwater.core.data.quota.QuotaServers.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.QuotaStore;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.QuotaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that is away for a time. */
class QuotaOutageTest {
    private final QuotaServers servers = new QuotaServers();
    private final SettledCounters one = servers.start();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    @CoversOutage("quotas: store down")
    void eachServerCountsByItselfWhileTheStoreIsDown() {
        var two = servers.start();
        assertThat(admitted(one, 50, 30)).isEqualTo(30);
        servers.line.cut();

        assertThat(admitted(one, 50, 100)).isEqualTo(20);
        assertThat(admitted(two, 50, 100)).isEqualTo(50);
    }

    @Test
    @CoversOutage("quotas: store down")
    void anOutageInTheMiddleCostsNoCallsAndLosesNone() {
        assertThat(admitted(one, 1_000, 300)).isEqualTo(300);
        servers.line.cut();
        assertThat(admitted(one, 1_000, 300)).isEqualTo(300);
        servers.line.mend();
        servers.settle(ANN, 600);

        assertThat(admitted(servers.start(), 1_000, 1_000)).isEqualTo(400);
        assertThat(admitted(one, 1_000, 1_000)).isLessThanOrEqualTo(10);
    }

    @Test
    void anOutageCausesOneLineAndItsEndAnother() {
        try (var log = CapturedLog.of(Settler.class)) {
            servers.line.cut();
            admitted(one, 50, 20);
            servers.executors.pass(Duration.ofSeconds(1));
            servers.executors.awaitIdle();
            servers.line.mend();
            servers.settle(ANN, 20);

            log.await("available again");
            assertThat(log.lines())
                    .containsExactly(
                            "INFO The store of quotas is not available, so this server counts quotas by itself: The line was"
                                    + " cut by the test.",
                            "INFO The store of quotas is available again. This server adds what it has counted.");
        }
    }

    @Test
    void theStoreIsAskedAgainAfterARequestFailedThatLeftNothingToSettle() {
        servers.line.cut();
        assertThat(one.used(List.of(ANN), Eventually.LIMIT)).containsExactly(0.0);
        servers.executors.awaitIdle();
        servers.line.mend();
        servers.executors.pass(Duration.ofSeconds(1));
        servers.executors.awaitIdle();

        assertThat(admitted(servers.start(), 50, 50)).isEqualTo(50);
        assertThat(admitted(one, 50, 50)).isZero();
    }

    @Test
    void whileTheStoreIsDownOnlyTheIntervalAsksIt() {
        var requests = new AtomicInteger();
        var server = new SettledCounters(failing(requests), QuotaSettings.OFF, servers.executors);
        admitted(server, 50, 1);
        servers.executors.awaitIdle();

        server.add(List.of(charge(ANN, 50, 20)));
        servers.executors.awaitIdle();
        assertThat(requests).hasValue(1);

        servers.executors.pass(Duration.ofSeconds(1));
        servers.executors.awaitIdle();
        assertThat(requests).hasValue(2);
    }

    private static QuotaStore failing(AtomicInteger requests) {
        return (charges, context) -> {
            requests.incrementAndGet();
            throw new PortException.UnavailableException("The store is down.", null, null);
        };
    }

    @Test
    void aServerThatStopsSaysHowManyUsagesAreNotSettled() {
        try (var log = CapturedLog.of(Settler.class)) {
            servers.line.cut();
            one.add(List.of(charge(ANN, 1_000_000, 7), charge(QuotaServers.calls("bob"), 1_000_000, 7)));

            one.close();

            assertThat(log.lines())
                    .endsWith("WARN 2 usages of quotas are not settled with the store, so other servers do not know"
                            + " them.");
        }
    }

    @Test
    void aServerThatStopsSettlesForALimitedTime() {
        var times = new ArrayList<Duration>();
        QuotaStore slow = (charges, context) -> {
            times.add(context.remaining());
            servers.executors.pass(Duration.ofSeconds(3));
            return servers.store.charge(charges, context);
        };
        var server = new SettledCounters(slow, QuotaSettings.OFF.withTimeout(Duration.ofSeconds(4)), servers.executors);
        for (int i = 0; i < 3 * Settler.MAX_ITEMS; i++) {
            server.add(List.of(charge(QuotaServers.calls("caller " + i), 1_000_000, 1)));
        }
        try (var log = CapturedLog.of(Settler.class)) {
            server.close();

            assertThat(times).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(2));
            assertThat(log.lines()).singleElement().asString().startsWith("WARN 100 usages of quotas are not settled");
        }
    }

    @Test
    void aBugOfTheStoreIsReportedWithItsStackTrace() {
        try (var log = CapturedLog.of(Settler.class)) {
            QuotaStore broken = (charges, context) -> {
                throw new IllegalStateException("planted");
            };
            admitted(new SettledCounters(broken, QuotaSettings.OFF, servers.executors), 50, 1);
            servers.executors.awaitIdle();

            assertThat(log.lines())
                    .containsExactly(
                            "ERROR The store of quotas failed because of a bug. This server counts quotas by itself.");
        }
    }

    @Test
    void noCallWaitsAfterTheStoreHasFailed() {
        servers.line.cut();
        admitted(one, 50, 1);
        servers.line.stall();

        assertThat(one.takeLocally(List.of(charge(ANN, 50, 1)))).isEqualTo(QuotaDecision.ADMITTED);
    }

    @Test
    @CoversOutage("quotas: store frozen or locked")
    void aCallWaitsForASilentStoreOnlyUntilTheTimeoutAndIsCountedOnce() {
        var hasty = servers.start(QuotaSettings.OFF.withTimeout(Duration.ofMillis(20)));
        servers.line.stall();

        assertThat(inBackground(hasty, Duration.ofDays(1)))
                .succeedsWithin(Eventually.LIMIT)
                .isEqualTo(QuotaDecision.ADMITTED);

        servers.line.mend();
        servers.settle(ANN, 1);
    }

    @Test
    void aCallWaitsNoLongerThanItHasTime() {
        var patient = servers.start(QuotaSettings.OFF.withTimeout(Duration.ofDays(1)));
        servers.line.stall();

        assertThat(inBackground(patient, Duration.ofMillis(20)))
                .succeedsWithin(Eventually.LIMIT)
                .isEqualTo(QuotaDecision.ADMITTED);
    }

    /** Makes a call that waits at most for this time. */
    private static CompletableFuture<QuotaDecision> inBackground(SettledCounters server, Duration maxWait) {
        var decision = new CompletableFuture<QuotaDecision>();
        var unused = Thread.ofVirtual()
                .start(() -> decision.complete(server.take(List.of(charge(ANN, 10_000, 1)), maxWait)));
        return decision;
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsIsDecidedAtOnce() throws InterruptedException {
        servers.line.stall();
        var decision = new CompletableFuture<QuotaDecision>();
        var call = Thread.ofVirtual().start(() -> decision.complete(take(one, charge(ANN, 10_000, 1))));
        Eventually.holds(() -> servers.line.waiting() == 1);

        call.interrupt();

        assertThat(decision).succeedsWithin(Eventually.LIMIT).isEqualTo(QuotaDecision.ADMITTED);
        call.join();
    }

    @Test
    void aFullExecutorDelaysNoCall() {
        servers.executors.fill();

        assertThat(admitted(one, 50, 100)).isEqualTo(50);
    }

    @Test
    void whatIsUnsettledWhenTheDayEndsDuringAnOutageIsSettledForThatDay() {
        servers.line.cut();
        assertThat(admitted(one, 50, 20)).isEqualTo(20);
        servers.executors.pass(Duration.ofHours(12));
        assertThat(admitted(one, 50, 100)).isEqualTo(50);
        servers.line.mend();

        servers.settle(ANN, 20);
        Eventually.holds(() -> servers.store.used(ANN, QuotaServers.TODAY.plusDays(1)) == 50);
    }

    @Test
    void aSettlementThatFailsIsRepeatedForTheDayThatIsOver() {
        servers.executors.pass(Duration.ofHours(12).minusMillis(1_500));
        one.add(List.of(charge(ANN, 1_000_000, 7)));
        servers.line.stall();
        servers.executors.pass(Duration.ofSeconds(1));
        Eventually.holds(() -> servers.line.waiting() == 1);
        servers.executors.pass(Duration.ofMillis(500));
        one.add(List.of(charge(ANN, 1_000_000, 2)));
        servers.line.cut();
        Eventually.holds(() -> servers.line.waiting() == 0);
        servers.line.mend();

        servers.settle(ANN, 7);
        Eventually.holds(() -> servers.store.used(ANN, QuotaServers.TODAY.plusDays(1)) == 2);
    }

    @Test
    void aSettlementThatFailsIsRepeatedForAnAccountThatWasForgotten() {
        var small = servers.start(QuotaSettings.OFF.withKeys(100).withTimeout(Eventually.LIMIT));
        small.add(List.of(charge(ANN, 1_000_000, 7)));
        servers.line.stall();
        servers.executors.pass(Duration.ofSeconds(1));
        Eventually.holds(() -> servers.line.waiting() == 1);
        for (int i = 0; i < 100; i++) {
            small.add(List.of(charge(QuotaServers.calls("caller " + i), 1_000_000, 1)));
        }
        small.add(List.of(charge(ANN, 1_000_000, 2)));
        servers.line.cut();
        Eventually.holds(() -> servers.line.waiting() == 0);
        servers.line.mend();

        servers.settle(ANN, 9);
    }

    @Test
    void aSettlementWhoseConfirmationIsLostCountsTwice() {
        var lost = new AtomicBoolean(true);
        QuotaStore store = (charges, context) -> {
            var balances = servers.store.charge(charges, context);
            if (lost.getAndSet(false)) {
                throw new PortException.UnavailableException("The connection was lost.", null, null);
            }
            return balances;
        };
        var server = new SettledCounters(store, QuotaSettings.OFF, servers.executors);
        server.add(List.of(charge(ANN, 1_000_000, 7)));
        servers.settle(ANN, 7);

        servers.settle(ANN, 14);
    }
}
