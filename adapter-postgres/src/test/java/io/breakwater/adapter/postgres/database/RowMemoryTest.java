package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows take their part of the memory for messages at work before they are read. */
@Tag("server")
class RowMemoryTest {
    private static final String LARGE = "SELECT repeat('x', 1000) AS t FROM generate_series(1, 900)";

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    @Test
    void reservesWhatRowsOccupyWhileTheyAreRead() {
        var scope = ManualCallContext.unhurried();

        var rows = (Rows) Queries.run(databases.open(), scope, Queries.WINDOW, LARGE);

        assertThat(rows.count()).isEqualTo(900);
        assertThat(scope.reserved()).isBetween(4_000_000L, 6_000_000L);
    }

    @Test
    void countsEachOfManySmallValues() {
        var scope = ManualCallContext.unhurried();
        var columns = "'',".repeat(999) + "''";

        Queries.run(
                databases.open(),
                scope,
                Queries.WINDOW,
                "SELECT count(*) FROM (SELECT " + columns + " FROM generate_series(1, 9)) s");
        assertThat(scope.reserved()).isZero();

        Queries.run(databases.open(), scope, Queries.WINDOW, "SELECT " + columns + " FROM generate_series(1, 50)");
        assertThat(scope.reserved()).isGreaterThan(50 * 1_000 * 28);
    }

    @Test
    void reservesNothingForAShortAnswer() {
        var scope = ManualCallContext.withMemory(0, CallContext.Reservation.NONE_NOW);

        var rows = (Rows) Queries.run(databases.open(), scope, Queries.WINDOW, "SELECT 1 AS a");

        assertThat(rows.count()).isEqualTo(1);
    }

    @Test
    void failsWhenOthersHoldTheMemory() {
        var database = databases.open();
        var scope = ManualCallContext.withMemory(500_000, CallContext.Reservation.NONE_NOW);

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Queries.run(database, scope, Queries.WINDOW, LARGE))
                .withMessageContaining("memory of the server that is free")
                .satisfies(refused ->
                        assertThat(refused.reason()).isEqualTo(PortException.RefusedException.Reason.OVERLOADED));
        assertThat(scope.reserved()).isLessThan(500_000);
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
    }

    @Test
    void givesFewerRowsWhenOneCallerMayNeverHoldAll() {
        var scope = ManualCallContext.withMemory(500_000, CallContext.Reservation.NEVER);

        var rows = (Rows) Queries.run(databases.open(), scope, Queries.WINDOW, LARGE);

        assertThat(rows.count()).isBetween(50, 300);
        assertThat(rows.truncated()).isTrue();
    }

    @Test
    void undoesTheChangesOfACallThatFails() {
        databases.prepare("CREATE TABLE item (t text)", "GRANT INSERT ON item TO reader");
        var database = databases.open(databases.settings().withMode(AccessMode.READ_WRITE));
        var insert = Queries.sql("INSERT INTO item VALUES ('a')");

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> database.executeAll(
                        List.of(insert, Queries.sql(LARGE)),
                        Queries.WINDOW,
                        CostGate.OPEN,
                        ManualCallContext.withMemory(100_000, CallContext.Reservation.NONE_NOW)))
                .withMessageStartingWith("operation 2 of 2: ");
        assertThat(Queries.json(database, "SELECT count(*) AS n FROM item")).isEqualTo("[{\"n\":0}]");
    }
}
