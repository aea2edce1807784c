package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure names its cause, and is temporary only if the same statement may succeed later. */
@Tag("server")
class FailureMessagesTest {

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WITH gone AS (DELETE FROM item RETURNING 1) SELECT 1 | not DELETE inside WITH.",
                "WITH a AS (SELECT 1), b AS (UPDATE item SET id = 2 RETURNING 1) TABLE b | not UPDATE inside WITH.",
                "WITH a AS (SELECT 1) INSERT INTO item TABLE a | not INSERT.",
                "DELETE FROM item | not DELETE.",
                "EXPLAIN ANALYZE SELECT 1 | EXPLAIN ANALYZE would run the statement: leave ANALYZE out.",
                "EXPLAIN (ANALYZE, BUFFERS) SELECT 1 | EXPLAIN ANALYZE would run the statement: leave ANALYZE out.",
                "EXPLAIN DELETE FROM item | not DELETE.",
                "COMMIT | not COMMIT.",
            })
    void aReadOnlyDatabaseNamesWhatItRefuses(String sql, String words) {
        var refused = assertThrows(
                PortException.RefusedException.class,
                () -> Queries.run(databases.open(), ManualCallContext.unhurried(), Queries.WINDOW, sql));

        assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused).hasMessageEndingWith(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUFFERS", "BUFFERS, FORMAT text", "WAL off", "TIMING off", "MEMORY", "SERIALIZE none"})
    void explainTakesOptionsThatRunNothing(String options) {
        assertThat(Queries.json(databases.open(), "EXPLAIN (" + options + ") SELECT 1"))
                .contains("Result");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAL", "TIMING", "SERIALIZE text"})
    void theServerRefusesOptionsThatNeedARun(String option) {
        var refused = assertThrows(
                PortException.RefusedException.class,
                () -> Queries.json(databases.open(), "EXPLAIN (" + option + ") SELECT 1"));

        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused).hasMessageContaining("22023");
    }

    @Test
    void exceedingTheLimitOfTemporaryFilesIsTheStatementsFault() {
        databases.prepare(
                "DROP ROLE IF EXISTS frugal",
                "CREATE ROLE frugal LOGIN",
                "ALTER ROLE frugal SET temp_file_limit TO '64kB'",
                "ALTER ROLE frugal SET work_mem TO '64kB'");
        var database = databases.open(databases.settings("frugal"));

        var refused = assertThrows(
                PortException.RefusedException.class,
                () -> Queries.json(
                        database, "SELECT n FROM generate_series(1, 100000) n ORDER BY -n LIMIT 1 OFFSET 90000"));

        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused).hasMessageContaining("(temp_file_limit)").hasMessageContaining("53400");
        databases.prepare("DROP ROLE frugal");
    }

    @ParameterizedTest
    @CsvSource({
        "0A000, refused INVALID",
        "21000, refused INVALID",
        "22021, refused INVALID",
        "53100, unavailable",
        "53200, refused OVERLOADED",
        "53400, refused INVALID",
        "54000, refused INVALID",
        "55000, refused INVALID",
        "55006, refused CONFLICT",
        "55P03, unavailable",
        "57014, timed out",
        "57P03, unavailable",
        "58030, unavailable",
        "HV00N, refused OTHER",
        "25P03, unavailable",
        "25P04, timed out",
        "XX000, refused OTHER",
        "ZZ999, refused OTHER",
    })
    void aCodeOfTheServerMeansTheSameEverywhere(String code, String meaning) {
        var failure = raised(code);

        assertThat(kind(failure)).isEqualTo(meaning);
        assertThat(failure).hasMessageEndingWith(".").hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "57P01", "25P04"})
    void whatAnAdministratorEndsLeavesNoStackTraceInTheLog(String code) {
        var failure = raised(code);

        assertThat(failure).hasMessageContaining(code.equals("25P04") ? "time limit" : code);
        assertThat(failure.getCause())
                .isNotNull()
                .satisfies(cause -> assertThat(cause.getStackTrace()).isEmpty());
    }

    /** What a call fails with when the server raises an error of that code, which holds a secret. */
    private PortException raised(String code) {
        var database = databases.open(databases.settings("postgres").withMode(AccessMode.ADMIN));

        return assertThrows(
                PortException.class,
                () -> Queries.run(
                        database,
                        ManualCallContext.unhurried(),
                        Queries.WINDOW,
                        "DO $$ BEGIN RAISE 'hunter2' USING ERRCODE = '" + code + "'; END $$"));
    }

    private static String kind(PortException failure) {
        return switch (failure) {
            case PortException.RefusedException refused -> "refused " + refused.reason();
            case PortException.DeadlineExceededException timedOut -> "timed out";
            case PortException.UnavailableException unavailable -> "unavailable";
            case PortException.ExhaustedException exhausted -> "exhausted";
            case PortException.IdempotencyException repeated -> "repeated";
            case PortException.ProtocolErrorException protocol -> "protocol";
        };
    }
}
