package io.breakwater.core.business.database;

import static io.breakwater.server.settings.CostLimits.OFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.settings.CostLimits;
import org.junit.jupiter.api.Test;

/** What the planner expects decides whether a query runs. */
class CostGuardTest {
    private final RecordedQuota unlimited = new RecordedQuota();
    private final CallContext scope = ManualCallContext.unhurried();

    private static CostGuard guard(double cost, double rows) {
        return new CostGuard(new CostLimits(cost, rows));
    }

    private static Estimate costing(double cost) {
        return new Estimate(cost, 10, "Seq Scan on public.orders");
    }

    @Test
    void estimatesNothingWithoutLimits() {
        assertThat(guard(OFF, OFF).gate(unlimited, scope)).isSameAs(CostGate.OPEN);
    }

    @Test
    void refusesWhatCostsTooMuch() {
        var gate = guard(1_000, OFF).gate(unlimited, scope);

        assertThatCode(() -> gate.admit(costing(1_000))).doesNotThrowAnyException();
        assertThatThrownBy(() -> gate.admit(costing(12_345.6)))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("cost 12,346 planner units")
                .hasMessageContaining("limit of 1,000")
                .hasMessageContaining("Seq Scan on public.orders")
                .hasMessageContaining("explain_query");
        assertThat(unlimited.costs()).containsExactly(1_000.0);
    }

    @Test
    void refusesWhatGivesTooManyRows() {
        var gate = guard(OFF, 5).gate(unlimited, scope);

        assertThatThrownBy(() -> gate.admit(costing(1)))
                .hasMessageContaining("give 10.00 rows, above the limit of 5.00");
    }

    @Test
    void takesTheCostOfEachQueryFromTheQuotaOfItsCaller() {
        var quota = new RecordedQuota(100);
        var gate = guard(OFF, OFF).gate(quota, scope);
        gate.admit(costing(60));
        gate.admit(costing(100));

        assertThat(quota.costs()).containsExactly(60.0, 100.0);
    }

    @Test
    void promisesNoOtherDayForWhatNoDayCanPay() {
        var quota = new RecordedQuota(100);

        assertThatThrownBy(() -> guard(OFF, OFF).gate(quota, scope).admit(costing(101)))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("cost 101 planner units, above the quota of 100 a day;");
        assertThat(quota.costs()).isEmpty();
    }
}
