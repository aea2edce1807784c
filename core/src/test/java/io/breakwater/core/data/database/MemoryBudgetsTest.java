package io.breakwater.core.data.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.database.Budgets.Taken;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class MemoryBudgetsTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final MemoryBudgets budgets = new MemoryBudgets(2);

    private Taken take(String caller, LocalDate day, double cost) {
        return budgets.take(caller, day, cost, 10);
    }

    @Test
    void takesNothingWhenTooLittleIsLeft() {
        assertThat(take("ann", MONDAY, 6)).isEqualTo(new Taken(true, 4));
        assertThat(take("ann", MONDAY, 5)).isEqualTo(new Taken(false, 4));
        assertThat(take("ann", MONDAY, 4)).isEqualTo(new Taken(true, 0));
    }

    @Test
    void beginsAnewEachDayAndNeverGoesBack() {
        take("ann", MONDAY, 10);

        assertThat(take("ann", MONDAY.plusDays(1), 7)).isEqualTo(new Taken(true, 3));
        assertThat(take("ann", MONDAY, 4)).isEqualTo(new Taken(false, 3));
    }

    @Test
    void letsThoseWhoComeLateShareOneBudget() {
        take("ann", MONDAY, 1);
        take("bob", MONDAY, 1);

        assertThat(take("cay", MONDAY, 6)).isEqualTo(new Taken(true, 4));
        assertThat(take("dan", MONDAY, 6)).isEqualTo(new Taken(false, 4));
        assertThat(take("ann", MONDAY, 6)).isEqualTo(new Taken(true, 3));
    }
}
