package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Account;
import io.breakwater.port.driven.BudgetStore.Withdrawal;
import io.breakwater.port.memory.ManualCallContext;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link BudgetStore} must do: never grant more than the budget. */
public abstract class BudgetStoreContract {
    private static final Account ANN = new Account("db/shop", "ann");
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final int THREADS = 16;

    private final CallContext scope = ManualCallContext.unhurried();

    /** Creates a store without withdrawals. */
    protected abstract BudgetStore make();

    private Withdrawal take(BudgetStore budgets, Account account, LocalDate day, double amount) {
        return budgets.take(account, day, amount, 10, scope);
    }

    @Test
    void grantsWithdrawalsUntilTooLittleIsLeft() {
        var budgets = make();

        assertThat(take(budgets, ANN, MONDAY, 6)).isEqualTo(new Withdrawal(true, 4));
        assertThat(take(budgets, ANN, MONDAY, 5)).isEqualTo(new Withdrawal(false, 4));
        assertThat(take(budgets, ANN, MONDAY, 0)).isEqualTo(new Withdrawal(true, 4));
        assertThat(take(budgets, ANN, MONDAY, 3.75)).isEqualTo(new Withdrawal(true, 0.25));
        assertThat(take(budgets, ANN, MONDAY, 0.25)).isEqualTo(new Withdrawal(true, 0));
        assertThat(take(budgets, ANN, MONDAY, 0.25)).isEqualTo(new Withdrawal(false, 0));
    }

    @Test
    void withdrawsNothingWhenTheAmountExceedsTheBudget() {
        var budgets = make();

        assertThat(take(budgets, ANN, MONDAY, 10.5)).isEqualTo(new Withdrawal(false, 10));
        assertThat(take(budgets, ANN, MONDAY, 10)).isEqualTo(new Withdrawal(true, 0));
    }

    @Test
    void eachAccountHasItsOwnBudget() {
        var budgets = make();
        take(budgets, ANN, MONDAY, 10);

        for (var other : List.of(
                new Account("db/shop", "Ann"),
                new Account("db/shop", "ann "),
                new Account("db/shop", "ünïcode'); DROP TABLE budgets;--"),
                new Account("db/other", "ann"))) {
            assertThat(take(budgets, other, MONDAY, 7)).isEqualTo(new Withdrawal(true, 3));
        }
    }

    @Test
    void budgetsStartAgainEachDay() {
        var budgets = make();
        take(budgets, ANN, MONDAY, 10);

        assertThat(take(budgets, ANN, MONDAY.plusDays(1), 7)).isEqualTo(new Withdrawal(true, 3));
        assertThat(take(budgets, ANN, MONDAY.plusDays(30), 8)).isEqualTo(new Withdrawal(true, 2));
    }

    @Test
    void usesAChangedBudgetImmediately() {
        var budgets = make();
        take(budgets, ANN, MONDAY, 8);

        assertThat(budgets.take(ANN, MONDAY, 8, 20, scope)).isEqualTo(new Withdrawal(true, 4));
        assertThat(budgets.take(ANN, MONDAY, 1, 5, scope)).isEqualTo(new Withdrawal(false, 0));
    }

    @Test
    void concurrentWithdrawalsNeverExceedTheBudget() throws Exception {
        var budgets = make();

        var granted = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 10)
                        .filter(i -> budgets.take(ANN, MONDAY, 1, 100, scope).granted())
                        .count());

        assertThat(granted.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
    }
}
