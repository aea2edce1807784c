package io.breakwater.core.data.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.contract.BudgetStoreContract;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Account;
import io.breakwater.port.driven.BudgetStore.Withdrawal;
import io.breakwater.port.memory.ManualCallContext;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class MemoryBudgetsTest extends BudgetStoreContract {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final MemoryBudgets crowded = new MemoryBudgets(2);
    private final CallContext scope = ManualCallContext.unhurried();

    @Override
    protected BudgetStore make() {
        return new MemoryBudgets();
    }

    private Withdrawal take(String caller, LocalDate day, double amount) {
        return crowded.take(new Account("db/shop", caller), day, amount, 10, scope);
    }

    @Test
    void neverGoesBackToADayThatIsOver() {
        take("ann", MONDAY, 10);

        assertThat(take("ann", MONDAY.plusDays(1), 7)).isEqualTo(new Withdrawal(true, 3));
        assertThat(take("ann", MONDAY, 4)).isEqualTo(new Withdrawal(false, 3));
    }

    @Test
    void letsThoseWhoComeLateShareOneBudget() {
        take("ann", MONDAY, 1);
        take("bob", MONDAY, 1);

        assertThat(take("cay", MONDAY, 6)).isEqualTo(new Withdrawal(true, 4));
        assertThat(take("dan", MONDAY, 6)).isEqualTo(new Withdrawal(false, 4));
        assertThat(take("ann", MONDAY, 6)).isEqualTo(new Withdrawal(true, 3));
    }
}
