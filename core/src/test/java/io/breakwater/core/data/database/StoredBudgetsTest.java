package io.breakwater.core.data.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallScope;
import io.breakwater.port.Failure;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Taken;
import io.breakwater.port.memory.ManualScope;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredBudgetsTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final Flaky shared = new Flaky();
    private final StoredBudgets one = new StoredBudgets(shared, new MemoryBudgets(), "db/shop");
    private final StoredBudgets two = new StoredBudgets(shared, new MemoryBudgets(), "db/shop");
    private final StoredBudgets ofAnother = new StoredBudgets(shared, new MemoryBudgets(), "db/other");

    private static Taken take(StoredBudgets budgets, double cost) {
        return budgets.take("ann", MONDAY, cost, 10, ManualScope.unhurried());
    }

    @Test
    void serversThatShareAStoreShareABudget() {
        take(one, 7);

        assertThat(take(two, 4)).isEqualTo(new Taken(false, 3));
        assertThat(take(ofAnother, 10)).isEqualTo(new Taken(true, 0));
    }

    @Test
    void eachCountsForItselfWhileTheStoreIsAway() {
        take(one, 7);
        for (var trouble : List.of(
                new Failure.Unavailable("away", null, null),
                new Failure.TimedOut("it says nothing", null),
                new Failure.Refused("it cannot keep such a name", null))) {
            shared.trouble = trouble;
            assertThat(take(one, 3).granted()).isTrue();
        }
        assertThat(take(one, 4)).isEqualTo(new Taken(false, 1));
        assertThat(take(two, 10)).isEqualTo(new Taken(true, 0));

        shared.trouble = null;
        assertThat(take(two, 4)).isEqualTo(new Taken(false, 3));
    }

    @Test
    void whatIsNoOutageIsNotHidden() {
        shared.trouble = new IllegalStateException("a mistake of ours");

        assertThatThrownBy(() -> take(one, 1)).hasMessage("a mistake of ours");
    }

    @Test
    void theStoreGetsASecondAndNeverMoreThanTheCallHas() {
        take(one, 1);
        one.take("ann", MONDAY, 1, 10, ManualScope.within(Duration.ofMillis(20)));

        assertThat(shared.patience).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(20));
    }

    /** A store that does what the test says. */
    private static final class Flaky implements BudgetStore {
        private final MemoryBudgets memory = new MemoryBudgets();
        private final List<Duration> patience = new ArrayList<>();
        private @Nullable RuntimeException trouble;

        @Override
        public Taken take(Account account, LocalDate day, double amount, double budget, CallScope scope) {
            patience.add(scope.remaining());
            if (trouble != null) {
                throw trouble;
            }
            return memory.take(account, day, amount, budget, scope);
        }
    }
}
