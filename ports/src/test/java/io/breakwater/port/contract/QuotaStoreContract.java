package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.QuotaStore;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Balance;
import io.breakwater.port.driven.QuotaStore.Charge;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import io.breakwater.port.memory.ManualCallContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link QuotaStore} must do: never charge more than a limit allows, and lose no charge. */
public abstract class QuotaStoreContract {
    private static final Account ANN = account("ann");
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final int THREADS = 16;

    private final CallContext scope = ManualCallContext.unhurried();

    /** Creates a store without charges. */
    protected abstract QuotaStore make();

    private static Account account(String owner) {
        return new Account(Scope.PRINCIPAL, owner, Kind.COST);
    }

    private Balance charge(QuotaStore quotas, Account account, LocalDate day, double amount, double limit) {
        return quotas.charge(List.of(new Charge(account, day, amount, limit)), scope)
                .getFirst();
    }

    private Balance charge(QuotaStore quotas, double amount) {
        return charge(quotas, ANN, MONDAY, amount, 10);
    }

    @Test
    void makesChargesUntilTooLittleIsLeft() {
        var quotas = make();

        assertThat(charge(quotas, 6)).isEqualTo(new Balance(true, 6));
        assertThat(charge(quotas, 5)).isEqualTo(new Balance(false, 6));
        assertThat(charge(quotas, 0)).isEqualTo(new Balance(true, 6));
        assertThat(charge(quotas, 3.75)).isEqualTo(new Balance(true, 9.75));
        assertThat(charge(quotas, 0.25)).isEqualTo(new Balance(true, 10));
        assertThat(charge(quotas, 0.25)).isEqualTo(new Balance(false, 10));
    }

    @Test
    void chargesNothingWhenTheAmountExceedsTheLimit() {
        var quotas = make();

        assertThat(charge(quotas, 10.5)).isEqualTo(new Balance(false, 0));
        assertThat(charge(quotas, 10)).isEqualTo(new Balance(true, 10));
    }

    @Test
    void chargesWithoutALimitAreAlwaysMade() {
        var quotas = make();
        charge(quotas, 9);

        assertThat(charge(quotas, ANN, MONDAY, 9, NONE)).isEqualTo(new Balance(true, 18));
        assertThat(charge(quotas, 0)).isEqualTo(new Balance(false, 18));
    }

    @Test
    void aNegativeAmountGivesBack() {
        var quotas = make();
        charge(quotas, 9);

        assertThat(charge(quotas, ANN, MONDAY, -4, NONE)).isEqualTo(new Balance(true, 5));
        assertThat(charge(quotas, 5)).isEqualTo(new Balance(true, 10));
    }

    @Test
    void askingForABalanceChangesNothing() {
        var quotas = make();

        assertThat(charge(quotas, ANN, MONDAY, 0, NONE)).isEqualTo(new Balance(true, 0));
        assertThat(charge(quotas, 10)).isEqualTo(new Balance(true, 10));
        assertThat(charge(quotas, ANN, MONDAY, 0, NONE)).isEqualTo(new Balance(true, 10));
    }

    @Test
    void eachAccountHasItsOwnUsage() {
        var quotas = make();
        charge(quotas, 10);

        for (var other : List.of(
                new Account(Scope.TENANT, "ann", Kind.COST),
                new Account(Scope.PRINCIPAL, "ann", Kind.CALLS),
                account("Ann"),
                account("ann "),
                account("ann\u0000"),
                account("ann\ud800"),
                account("ann?"),
                account("ünïcode'); DROP TABLE quotas;--"),
                account("a".repeat(10_000)),
                account("a".repeat(10_001)),
                account(""))) {
            assertThat(charge(quotas, other, MONDAY, 7, 10)).isEqualTo(new Balance(true, 7));
        }
    }

    @Test
    void quotasResetEachDay() {
        var quotas = make();
        charge(quotas, 10);

        assertThat(charge(quotas, ANN, MONDAY.plusDays(1), 7, 10)).isEqualTo(new Balance(true, 7));
        assertThat(charge(quotas, ANN, MONDAY, 0, NONE)).isEqualTo(new Balance(true, 10));
        assertThat(charge(quotas, ANN, MONDAY.plusDays(30), 8, 10)).isEqualTo(new Balance(true, 8));
    }

    @Test
    void usesAChangedLimitImmediately() {
        var quotas = make();
        charge(quotas, 8);

        assertThat(charge(quotas, ANN, MONDAY, 8, 20)).isEqualTo(new Balance(true, 16));
        assertThat(charge(quotas, ANN, MONDAY, 1, 5)).isEqualTo(new Balance(false, 16));
    }

    @Test
    void decidesEachOfSeveralChargesByItself() {
        var quotas = make();
        charge(quotas, 8);

        assertThat(quotas.charge(
                        List.of(
                                new Charge(account("bob"), MONDAY, 4, 10),
                                new Charge(ANN, MONDAY, 4, 10),
                                new Charge(account("cay"), MONDAY, 0, NONE),
                                new Charge(ANN, MONDAY.plusDays(1), 12, NONE)),
                        scope))
                .containsExactly(
                        new Balance(true, 4), new Balance(false, 8), new Balance(true, 0), new Balance(true, 12));
    }

    @Test
    void makesNoChargeWhenThereIsNone() {
        assertThat(make().charge(List.of(), scope)).isEmpty();
    }

    @Test
    void concurrentChargesNeverExceedTheLimit() throws Exception {
        var quotas = make();

        var charged = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 10)
                        .filter(i -> charge(quotas, ANN, MONDAY, 1, 100).charged())
                        .count());

        assertThat(charged.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
    }

    @Test
    void concurrentChargesOfSeveralAccountsInAnyOrderAreAllMade() throws Exception {
        var quotas = make();
        var accounts =
                IntStream.range(0, 40).mapToObj(n -> account("caller " + n)).toList();

        ConcurrentRun.run(THREADS, thread -> {
            var charges = new ArrayList<Charge>();
            (thread % 2 == 0 ? accounts : accounts.reversed())
                    .forEach(account -> charges.add(new Charge(account, MONDAY, 1, NONE)));
            for (int i = 0; i < 10; i++) {
                assertThat(quotas.charge(charges, scope)).allMatch(Balance::charged);
            }
            return thread;
        });

        for (var account : accounts) {
            assertThat(charge(quotas, account, MONDAY, 0, NONE).used()).isEqualTo(THREADS * 10);
        }
    }
}
