package io.breakwater.core.business.database;

import static io.breakwater.server.settings.CostLimits.OFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.data.database.MemoryBudgets;
import io.breakwater.core.data.database.StoredBudgets;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.settings.CostLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the planner expects decides whether a query runs. On this clock it is noon. */
class CostGuardTest {
    private final ManualExecutors executors = new ManualExecutors();
    private final CallContext scope = ManualCallContext.unhurried();

    private Budgets inMemory() {
        var memory = new MemoryBudgets();
        return new StoredBudgets(memory, memory, "db/shop", executors::nanoTime);
    }

    private CostGuard guard(double cost, double rows, double budget) {
        return new CostGuard(new CostLimits(cost, rows, budget), inMemory(), executors.clock());
    }

    private static Estimate costing(double cost) {
        return new Estimate(cost, 10, "Seq Scan on public.orders");
    }

    @Test
    void estimatesNothingWithoutLimits() {
        assertThat(guard(OFF, OFF, OFF).gate("ann", scope)).isSameAs(CostGate.OPEN);
    }

    @Test
    void refusesWhatCostsTooMuch() {
        var gate = guard(1_000, OFF, OFF).gate("ann", scope);

        assertThatCode(() -> gate.admit(costing(1_000))).doesNotThrowAnyException();
        assertThatThrownBy(() -> gate.admit(costing(12_345.6)))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("cost 12,346 units")
                .hasMessageContaining("limit of 1,000")
                .hasMessageContaining("Seq Scan on public.orders")
                .hasMessageContaining("explain_query");
    }

    @Test
    void refusesWhatGivesTooManyRows() {
        var gate = guard(OFF, 5, OFF).gate("ann", scope);

        assertThatThrownBy(() -> gate.admit(costing(1)))
                .hasMessageContaining("give 10.00 rows, above the limit of 5.00");
    }

    @Test
    void keepsEachCallerToABudgetUntilMidnight() {
        var guard = guard(OFF, OFF, 100);
        guard.gate("ann", scope).admit(costing(60));
        executors.pass(Duration.ofHours(2));

        assertThatThrownBy(() -> guard.gate("ann", scope).admit(costing(60)))
                .isInstanceOfSatisfying(
                        PortException.ExhaustedException.class,
                        spent -> assertThat(spent.retryAfter()).isEqualTo(Duration.ofHours(10)))
                .hasMessageContaining("40.00 are left")
                .hasMessageContaining("expected to cost 60.00");
        assertThatCode(() -> guard.gate("ann", scope).admit(costing(40))).doesNotThrowAnyException();
        assertThatCode(() -> guard.gate("bob", scope).admit(costing(100))).doesNotThrowAnyException();

        executors.pass(Duration.ofHours(10));
        assertThatCode(() -> guard.gate("ann", scope).admit(costing(100))).doesNotThrowAnyException();
    }

    @Test
    void promisesNoOtherDayForWhatNoDayCanPay() {
        var gate = guard(OFF, OFF, 100).gate("ann", scope);

        assertThatThrownBy(() -> gate.admit(costing(101)))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("100 of a whole day");
        assertThatCode(() -> gate.admit(costing(100))).doesNotThrowAnyException();
    }
}
