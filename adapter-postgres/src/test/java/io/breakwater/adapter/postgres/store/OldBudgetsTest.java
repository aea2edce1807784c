package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.BudgetStore.Account;
import io.breakwater.port.driven.BudgetStore.Withdrawal;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store with many old rows, as after a time without use. */
@Tag("server")
class OldBudgetsTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final int MANY = 20_000;
    private static final String OLD = " FROM breakwater.budgets WHERE day < '2026-02-23'";

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();

    @RegisterExtension
    final Stores stores = new Stores(server);

    private BudgetStore budgets;

    @BeforeEach
    void fill() {
        budgets = stores.open(stores.settings(database)).budgets();
        assertThat(take("ann", 1).granted()).isTrue();
        server.execute(
                database,
                "INSERT INTO breakwater.budgets SELECT date '2026-02-22' - n % 100, 'db/shop', 'caller ' || n, 1"
                        + " FROM generate_series(1, " + MANY + ") AS n",
                "INSERT INTO breakwater.budgets VALUES ('2026-02-23', 'db/shop', 'ann', 1)");
    }

    @Test
    void aTakingClearsAwayNoMoreThanAFewOfThem() throws SQLException {
        assertThat(take("ann", 3)).isEqualTo(new Withdrawal(true, 6));

        assertThat(old()).isEqualTo(MANY - PostgresBudgets.MAX_CLEANUP);
    }

    @Test
    void aTakingThatIsNotGrantedDoesSoToo() throws SQLException {
        assertThat(take("ann", 10)).isEqualTo(new Withdrawal(false, 9));

        assertThat(old()).isEqualTo(MANY - PostgresBudgets.MAX_CLEANUP);
    }

    @Test
    void takingsOfManyCallersAtOnceClearAllOfThemAwayAndNothingElse() throws SQLException {
        int callers = 8;
        var takings = IntStream.range(0, callers)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> granted("bob " + n, MANY / PostgresBudgets.MAX_CLEANUP / callers),
                        task -> Thread.ofVirtual().start(task)))
                .toList();

        assertThat(takings)
                .allSatisfy(
                        taking -> assertThat(taking.join()).isEqualTo(MANY / PostgresBudgets.MAX_CLEANUP / callers));
        assertThat(old()).isZero();
        assertThat(server.number(database, "SELECT count(*) FROM breakwater.budgets"))
                .as("those who took, ann, and ann a week ago")
                .isEqualTo(callers + 2);
    }

    @Test
    void lockedOldRowsDoNotDelayWithdrawals() throws SQLException {
        try (var other = server.connect(database, "postgres")) {
            hold(other, "SELECT" + OLD + " ORDER BY day LIMIT 1000 FOR UPDATE");

            assertThat(take("ann", 3)).isEqualTo(new Withdrawal(true, 6));
            assertThat(old()).as("others go meanwhile").isEqualTo(MANY - PostgresBudgets.MAX_CLEANUP);

            other.rollback();
        }
    }

    @Test
    void noTakingWaitsForAnotherThatClearsThemAway() throws SQLException {
        try (var other = server.connect(database, "postgres")) {
            hold(other, "DELETE" + OLD);

            assertThat(take("ann", 3)).isEqualTo(new Withdrawal(true, 6));

            other.commit();
        }
        assertThat(old()).isZero();
    }

    private static void hold(Connection other, String rows) throws SQLException {
        other.setAutoCommit(false);
        try (var statement = other.createStatement()) {
            statement.execute(rows);
        }
    }

    private long granted(String caller, int times) {
        return IntStream.range(0, times)
                .filter(i -> budgets.take(new Account("db/shop", caller), MONDAY, 0, 10, ManualCallContext.unhurried())
                        .granted())
                .count();
    }

    /** In the time that a query gives it. */
    private Withdrawal take(String caller, double amount) {
        var scope = ManualCallContext.within(Eventually.LIMIT);
        return budgets.take(new Account("db/shop", caller), MONDAY, amount, 10, scope);
    }

    private long old() throws SQLException {
        return server.number(database, "SELECT count(*)" + OLD);
    }
}
