package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.QuotaStore;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Balance;
import io.breakwater.port.driven.QuotaStore.Charge;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store with many old rows, as after a time without use. */
@Tag("server")
class OldQuotasTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final int MANY = 21_000;
    private static final int CLEANUP = 1 + ChargeRows.CLEANUP;
    private static final String OLD = " FROM breakwater.quotas WHERE day < '2026-02-23'";

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();

    @RegisterExtension
    final Stores stores = new Stores(server);

    private QuotaStore quotas;

    @BeforeEach
    void fill() {
        quotas = stores.open(stores.settings(database)).quotas();
        assertThat(charge("ann", 1).charged()).isTrue();
        server.execute(
                database,
                "INSERT INTO breakwater.quotas SELECT date '2026-02-22' - n % 100, 'principal', 'caller ' || n,"
                        + " 'cost', 1"
                        + " FROM generate_series(1, " + MANY + ") AS n",
                "INSERT INTO breakwater.quotas VALUES ('2026-02-23', 'principal', 'ann', 'cost', 1)");
    }

    @Test
    void aChargeDeletesNoMoreThanAFewOfThem() throws SQLException {
        assertThat(charge("ann", 3)).isEqualTo(new Balance(true, 4));

        assertThat(old()).isEqualTo(MANY - CLEANUP);
    }

    @Test
    void aChargeThatIsNotMadeDoesSoToo() throws SQLException {
        assertThat(charge("ann", 10)).isEqualTo(new Balance(false, 1));

        assertThat(old()).isEqualTo(MANY - CLEANUP);
    }

    @Test
    void concurrentChargesOfManyCallersDeleteAllOfThemAndNothingElse() throws SQLException {
        int callers = 8;
        var takings = IntStream.range(0, callers)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> charged("bob " + n, MANY / CLEANUP / callers),
                        task -> Thread.ofVirtual().start(task)))
                .toList();

        assertThat(takings).allSatisfy(taking -> assertThat(taking.join()).isEqualTo(MANY / CLEANUP / callers));
        assertThat(old()).isZero();
        assertThat(server.number(database, "SELECT count(*) FROM breakwater.quotas"))
                .as("those who took, ann, and ann a week ago")
                .isEqualTo(callers + 2);
    }

    @Test
    void lockedOldRowsDoNotDelayCharges() throws SQLException {
        try (var other = server.connect(database, "postgres")) {
            hold(other, "SELECT" + OLD + " ORDER BY day LIMIT 1000 FOR UPDATE");

            assertThat(charge("ann", 3)).isEqualTo(new Balance(true, 4));
            assertThat(old()).as("others go meanwhile").isEqualTo(MANY - CLEANUP);

            other.rollback();
        }
    }

    @Test
    void noChargeWaitsForAnotherThatDeletesThem() throws SQLException {
        try (var other = server.connect(database, "postgres")) {
            hold(other, "DELETE" + OLD);

            assertThat(charge("ann", 3)).isEqualTo(new Balance(true, 4));

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

    private long charged(String caller, int times) {
        return IntStream.range(0, times)
                .filter(i -> charge(caller, 0.5).charged())
                .count();
    }

    private Balance charge(String caller, double amount) {
        var account = new Account(Scope.PRINCIPAL, caller, Kind.COST);
        var charges = List.of(new Charge(account, MONDAY, amount, caller.equals("ann") ? 10 : MANY));
        return quotas.charge(charges, ManualCallContext.within(Eventually.LIMIT))
                .getFirst();
    }

    private long old() throws SQLException {
        return server.number(database, "SELECT count(*)" + OLD);
    }
}
