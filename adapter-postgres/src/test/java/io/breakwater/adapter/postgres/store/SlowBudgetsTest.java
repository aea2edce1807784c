package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Account;
import io.breakwater.port.driven.BudgetStore.Withdrawal;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store that is there, and slow. */
@Tag("server")
class SlowBudgetsTest {
    private static final Account ANN = new Account("db/shop", "ann");
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();

    @RegisterExtension
    final Stores stores = new Stores(server);

    @Test
    void aLockedTableDelaysAWithdrawalOnlyUntilItsDeadline() throws SQLException {
        var budgets = stores.open(stores.settings(database)).budgets();
        take(budgets, 1, ManualCallContext.unhurried());
        try (var owner = server.connect(database, "postgres")) {
            lock(owner);
            long began = System.nanoTime();

            assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                    .isThrownBy(() -> take(budgets, 9, ManualCallContext.within(Duration.ofMillis(300))));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            owner.rollback();
        }
        assertThat(take(budgets, 4, ManualCallContext.unhurried()))
                .as("the nine were not taken")
                .isEqualTo(new Withdrawal(true, 5));
    }

    private static void lock(Connection owner) throws SQLException {
        owner.setAutoCommit(false);
        try (var statement = owner.createStatement()) {
            statement.execute("LOCK TABLE breakwater.budgets IN ACCESS EXCLUSIVE MODE");
        }
    }

    private static Withdrawal take(BudgetStore budgets, double amount, ManualCallContext scope) {
        return budgets.take(ANN, MONDAY, amount, 10, scope);
    }
}
