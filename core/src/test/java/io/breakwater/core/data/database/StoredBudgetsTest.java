package io.breakwater.core.data.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Withdrawal;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredBudgetsTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final PortException silence = new PortException.DeadlineExceededException("it says nothing", null);
    private final ManualExecutors executors = new ManualExecutors();
    private final Flaky shared = new Flaky();
    private final StoredBudgets one = over("db/shop");
    private final StoredBudgets two = over("db/shop");
    private final StoredBudgets ofAnother = over("db/other");

    private StoredBudgets over(String dataSource) {
        return new StoredBudgets(shared, new MemoryBudgets(), dataSource, executors::nanoTime);
    }

    private static Withdrawal take(StoredBudgets budgets, double cost) {
        return budgets.take("ann", MONDAY, cost, 10, ManualCallContext.unhurried());
    }

    @Test
    void serversThatShareAStoreShareABudget() {
        take(one, 7);

        assertThat(take(two, 4)).isEqualTo(new Withdrawal(false, 3));
        assertThat(take(ofAnother, 10)).isEqualTo(new Withdrawal(true, 0));
    }

    @Test
    void eachCountsForItselfWhileTheStoreIsAway() {
        take(one, 7);
        for (var trouble : List.of(
                new PortException.UnavailableException("away", null, null),
                new PortException.RefusedException("it cannot keep such a name", null))) {
            shared.trouble = trouble;
            assertThat(take(one, 3).granted()).isTrue();
        }
        assertThat(take(one, 5)).isEqualTo(new Withdrawal(false, 4));
        assertThat(take(two, 10)).isEqualTo(new Withdrawal(true, 0));

        shared.trouble = null;
        assertThat(take(two, 4)).isEqualTo(new Withdrawal(false, 3));
    }

    @Test
    void whatIsNoOutageIsNotHidden() {
        shared.trouble = new IllegalStateException("a mistake of ours");

        assertThatThrownBy(() -> take(one, 1)).hasMessage("a mistake of ours");
    }

    @Test
    void theStoreGetsASecondAndNeverMoreThanTheCallHas() {
        take(one, 1);
        one.take("ann", MONDAY, 1, 10, ManualCallContext.within(Duration.ofMillis(20)));

        assertThat(shared.patience).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(20));
    }

    @Test
    void theSecondIsOneForAllThatTheStoreDoes() {
        shared.takes = Duration.ofMillis(400);
        take(one, 1);

        assertThat(shared.left).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void aSilentStoreIsWaitedForOnceAndThenLeftAlone() {
        take(one, 7);
        shared.trouble = silence;
        take(one, 3);
        shared.trouble = null;
        int asked = shared.patience.size();

        executors.pass(StoredBudgets.COOLDOWN.minusNanos(1));
        assertThat(take(one, 3)).isEqualTo(new Withdrawal(true, 4));
        assertThat(shared.patience).hasSize(asked);

        executors.pass(Duration.ofNanos(1));
        assertThat(take(one, 3)).isEqualTo(new Withdrawal(true, 0));
        assertThat(take(one, 1)).isEqualTo(new Withdrawal(false, 0));
        assertThat(shared.patience).hasSize(asked + 2);
    }

    @Test
    void soIsAStoreThatTakesLongToSayThatItIsAway() {
        shared.trouble = new PortException.UnavailableException("not reached yet", null, null);
        shared.takes = StoredBudgets.FAST_FAILURE.plusNanos(1);
        take(one, 1);
        take(one, 1);

        assertThat(shared.patience).hasSize(1);
    }

    @Test
    void aStoreThatSaysAtOnceThatItIsAwayIsAskedEachTime() {
        shared.trouble = new PortException.UnavailableException("away", null, null);
        shared.takes = StoredBudgets.FAST_FAILURE;
        take(one, 1);
        take(one, 1);

        assertThat(shared.patience).hasSize(2);
    }

    @Test
    void oneCallAloneTriesAgain() {
        shared.trouble = silence;
        take(one, 1);
        executors.pass(StoredBudgets.COOLDOWN);
        take(one, 1);
        take(one, 1);

        assertThat(shared.patience).hasSize(2);
    }

    @Test
    void aCallInAHurryOrUnwantedDoesNotMakeOthersLeaveTheStoreAlone() {
        shared.trouble = silence;
        var unwanted = ManualCallContext.unhurried();
        unwanted.cancel();
        one.take("ann", MONDAY, 1, 10, ManualCallContext.within(Duration.ofMillis(20)));
        one.take("ann", MONDAY, 1, 10, unwanted);
        take(one, 1);

        assertThat(shared.patience).hasSize(3);
    }

    /** A store that does what the test says. */
    private final class Flaky implements BudgetStore {
        private final MemoryBudgets memory = new MemoryBudgets();
        private final List<Duration> patience = new ArrayList<>();
        private Duration takes = Duration.ZERO;
        private Duration left = Duration.ZERO;
        private @Nullable RuntimeException trouble;

        @Override
        public Withdrawal take(Account account, LocalDate day, double amount, double budget, CallContext scope) {
            patience.add(scope.remaining());
            executors.pass(takes);
            left = scope.remaining();
            if (trouble != null) {
                throw trouble;
            }
            return memory.take(account, day, amount, budget, scope);
        }
    }
}
