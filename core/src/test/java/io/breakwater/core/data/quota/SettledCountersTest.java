package io.breakwater.core.data.quota;

import static io.breakwater.core.data.quota.QuotaServers.ANN;
import static io.breakwater.core.data.quota.QuotaServers.TODAY;
import static io.breakwater.core.data.quota.QuotaServers.admitted;
import static io.breakwater.core.data.quota.QuotaServers.calls;
import static io.breakwater.core.data.quota.QuotaServers.charge;
import static io.breakwater.core.data.quota.QuotaServers.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.core.business.quota.QuotaDecision.Refused;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several servers that count, and settle with one store that answers. */
class SettledCountersTest {
    private static final Account ACME = new Account(Scope.TENANT, "acme", Kind.CALLS);

    private final QuotaServers servers = new QuotaServers();
    private final SettledCounters one = servers.start();
    private final SettledCounters two = servers.start();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void aSmallQuotaIsExactOnSeveralServers() {
        int admitted = 0;
        for (int i = 0; i < 50; i++) {
            admitted += admitted(one, 50, 1) + admitted(two, 50, 2);
        }

        assertThat(admitted).isEqualTo(50);
    }

    @Test
    void theFirstCallOfAnAccountAsksTheStoreAndThoseWithinABlockDoNot() {
        assertThat(one.takeLocally(List.of(charge(ANN, 10_000, 1)))).isEqualTo(QuotaDecision.UNDECIDED);

        assertThat(admitted(one, 10_000, 1)).isEqualTo(1);
        for (int i = 0; i < 49; i++) {
            assertThat(one.takeLocally(List.of(charge(ANN, 10_000, 1)))).isEqualTo(QuotaDecision.ADMITTED);
        }
        assertThat(servers.store.requests()).isEqualTo(1);
    }

    @Test
    void settlesInTheBackgroundWhenHalfOfABlockIsCounted() {
        admitted(one, 10_000, 1 + 50);

        Eventually.holds(() -> servers.used(ANN) == 51);
    }

    @Test
    void settlesWhatIsCountedEverySecond() {
        admitted(one, 10_000, 5);
        assertThat(servers.used(ANN)).isEqualTo(1);

        servers.settle(ANN, 5);
        assertThat(servers.store.requests()).isEqualTo(2);
    }

    @Test
    void aServerThatHasNothingToSettleLeavesTheStoreAlone() {
        servers.executors.pass(Duration.ofHours(1));

        assertThat(servers.store.requests()).isZero();
    }

    @Test
    void serversThatCallersUseAtTheSameTimeAdmitAtMostABlockEachBeyondAQuota() {
        int limit = 1_000;
        int block = limit / 100;
        var all = List.of(one, two, servers.start());
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < 30; i++) {
                var server = all.get(i % 3);
                counts.add(CompletableFuture.supplyAsync(() -> admitted(server, limit, 100), callers));
            }
            int admitted = counts.stream().mapToInt(CompletableFuture::join).sum();

            assertThat(admitted).isBetween(limit, limit + 3 * block);
        }
    }

    @Test
    void oneServerIsExactHoweverManyCallersThereAre() {
        int limit = 1_000;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> admitted(one, limit, 51), callers))
                    .toList();

            assertThat(counts.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(limit);
        }
    }

    @Test
    void anAmountThatDoesNotFitIntoABlockIsTakenFromTheStore() {
        assertThat(take(one, charge(ANN, 1_000, 600))).isEqualTo(QuotaDecision.ADMITTED);
        assertThat(take(two, charge(ANN, 1_000, 600)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.used()).isEqualTo(600));
        assertThat(take(two, charge(ANN, 1_000, 400))).isEqualTo(QuotaDecision.ADMITTED);

        assertThat(servers.used(ANN)).isEqualTo(1_000);
    }

    @Test
    void aRefusalByTheStoreIncludesWhatThisServerHasNotSettled() {
        take(one, charge(ANN, 1_000, 100));
        take(two, charge(ANN, 1_000, 500));
        one.add(List.of(charge(ANN, 1_000, 4)));

        assertThat(take(one, charge(ANN, 1_000, 500)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.used()).isEqualTo(604));
    }

    @Test
    void aRefusalSaysWhatIsUsedAndWhenTheQuotaResets() {
        admitted(one, 50, 50);

        assertThat(take(one, charge(ANN, 50, 1)))
                .isEqualTo(new Refused(
                        charge(ANN, 50, 1), 50, Instant.parse("2026-03-02T00:00:00Z"), Duration.ofHours(12)));
    }

    @Test
    void anExhaustedQuotaIsRefusedWithoutARequestForAMinute() {
        admitted(one, 50, 50);
        assertThat(admitted(two, 50, 1)).isZero();
        int requests = servers.store.requests();

        assertThat(admitted(two, 50, 1_000)).isZero();
        servers.executors.pass(Duration.ofSeconds(59));
        assertThat(admitted(two, 50, 1_000)).isZero();
        assertThat(servers.store.requests()).isEqualTo(requests);

        servers.executors.pass(Duration.ofSeconds(1));
        assertThat(admitted(two, 50, 1_000)).isZero();
        assertThat(servers.store.requests()).isEqualTo(requests + 1);
    }

    @Test
    void aCallThatOneQuotaRefusesTakesNothingFromTheOther() {
        take(one, charge(calls("bob"), 1_000, 90), charge(ACME, 100, 90));

        assertThat(take(two, charge(ANN, 1_000, 20), charge(ACME, 100, 20)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.charge().account()).isEqualTo(ACME));

        servers.settle(ANN, 0);
        assertThat(two.used(List.of(ANN, ACME), Eventually.LIMIT)).containsExactly(0.0, 90.0);
    }

    @Test
    void whatHasHappenedCountsBeyondTheQuota() {
        var rows = new Account(Scope.PRINCIPAL, "ann", Kind.ROWS);
        one.add(List.of(charge(rows, 100, 130)));

        assertThat(take(one, new QuotaCharge(rows, 100, 0, 1))).isInstanceOf(Refused.class);
        servers.settle(rows, 130);
        assertThat(take(two, new QuotaCharge(rows, 100, 0, 1))).isInstanceOf(Refused.class);
    }

    @Test
    void aChargeThatNeedsMoreThanItTakesIsDecidedByTheStore() {
        var rows = new Account(Scope.PRINCIPAL, "ann", Kind.ROWS);
        one.add(List.of(charge(rows, 100, 99)));

        assertThat(take(one, new QuotaCharge(rows, 100, 0, 1))).isEqualTo(QuotaDecision.ADMITTED);
        assertThat(take(two, new QuotaCharge(rows, 100, 0, 1))).isEqualTo(QuotaDecision.ADMITTED);
        one.add(List.of(charge(rows, 100, 1)));
        servers.settle(rows, 100);
        assertThat(take(servers.start(), new QuotaCharge(rows, 100, 0, 1))).isInstanceOf(Refused.class);
    }

    @Test
    void theUsageIsThatOfAllServers() {
        admitted(one, 10_000, 5);
        admitted(two, 10_000, 7);
        servers.settle(ANN, 12);
        admitted(two, 10_000, 1);

        assertThat(one.used(List.of(ANN, ACME), Eventually.LIMIT)).containsExactly(12.0, 0.0);
        assertThat(two.used(List.of(ANN), Eventually.LIMIT)).containsExactly(13.0);
        assertThat(servers.start().used(List.of(ANN), Eventually.LIMIT)).containsExactly(13.0);
    }

    @Test
    void aServerThatStopsLeavesNothingUnsettled() {
        admitted(one, 10_000, 5);
        one.close();

        assertThat(servers.used(ANN)).isEqualTo(5);
        assertThat(admitted(servers.start(), 5, 1)).isZero();
    }

    @Test
    void aServerThatHasStoppedSendsNoRequests() {
        admitted(one, 10_000, 1);
        one.close();
        int requests = servers.store.requests();

        one.add(List.of(charge(ANN, 10_000, 1)));
        servers.executors.pass(Duration.ofSeconds(1));
        servers.executors.awaitIdle();

        assertThat(servers.store.requests()).isEqualTo(requests);
    }

    @Test
    void aServerThatIsKilledLosesLessThanABlock() {
        admitted(one, 1_000, 500); // and then it is gone

        assertThat(admitted(two, 1_000, 1_000)).isBetween(500, 510);
    }

    @Test
    void quotasResetAtMidnight() {
        admitted(one, 50, 50);
        servers.executors.pass(Duration.ofHours(12).minusNanos(1));
        assertThat(admitted(one, 50, 1)).isZero();

        servers.executors.pass(Duration.ofNanos(1));

        assertThat(admitted(one, 50, 30)).isEqualTo(30);
        assertThat(admitted(two, 50, 30)).isEqualTo(20);
        assertThat(servers.used(ANN)).isEqualTo(50);
        assertThat(servers.store.used(ANN, TODAY.plusDays(1))).isEqualTo(50);
    }

    @Test
    void whatWasCountedBeforeMidnightIsSettledForTheDayBefore() {
        servers.executors.pass(Duration.ofHours(12).minusMillis(1));
        admitted(one, 10_000, 5);
        servers.executors.pass(Duration.ofMillis(1));
        admitted(one, 10_000, 3);

        servers.executors.awaitIdle();
        servers.executors.pass(Duration.ofSeconds(1));

        Eventually.holds(() -> servers.used(ANN) == 5 && servers.store.used(ANN, TODAY.plusDays(1)) == 3);
    }
}
