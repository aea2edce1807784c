package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A session after a read is as {@code DISCARD ALL} would leave it, whatever was read: its whole state is compared, and
 * that of one after a change too.
 */
@Tag("server")
class CanaryTest {
    /** The state that a connection can keep between transactions, as far as the server shows it. */
    private static final String STATE = """
            SELECT name || ' is ' || setting AS fact FROM pg_settings
             WHERE name NOT IN ('statement_timeout', 'transaction_isolation', 'transaction_read_only')
               AND name NOT LIKE 'plpgsql.%' -- which are there from the first function in that language on
            UNION ALL SELECT 'process is ' || pg_backend_pid()
            UNION ALL SELECT 'roles are ' || current_user || ', ' || session_user
            UNION ALL SELECT 'prepared is ' || name FROM pg_prepared_statements
            UNION ALL SELECT 'cursor is ' || name FROM pg_cursors WHERE is_holdable
            UNION ALL SELECT 'lock is ' || objid FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
            UNION ALL SELECT 'channel is ' || c FROM pg_listening_channels() c
            UNION ALL SELECT 'temporary is ' || relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()
            UNION ALL SELECT 'large object is ' || oid FROM pg_largeobject_metadata
            UNION ALL SELECT 'item is ' || id FROM item
            ORDER BY 1
            """;

    /** With all functions allowed, so that nothing is refused for its name: what is left is up to the reset. */
    private static final List<String> READS = List.of(
            "SELECT 1",
            "SELECT * FROM item",
            "SELECT nowhere",
            "SELECT 1 / 0",
            "SELECT pg_advisory_lock(1), pg_advisory_lock_shared(2), pg_advisory_xact_lock(3)",
            "SELECT set_config('work_mem', '1GB', false), set_config('search_path', 'pg_catalog', false)",
            "SELECT set_config('role', 'none', false)",
            "SELECT set_config('TimeZone', 'Asia/Tokyo', false), set_config('my.own', 'x', false)",
            "SELECT set_config('transaction_read_only', 'off', false)",
            "SELECT set_config('default_transaction_read_only', 'off', false)",
            "SELECT set_config('statement_timeout', '0', false)",
            "SELECT set_config('session_authorization', 'reader', false)",
            "SELECT lo_create(0)",
            "SELECT lo_from_bytea(0, 'x')",
            "SELECT nextval('numbers')",
            "SELECT pg_notify('x', 'y')",
            "SELECT query_to_xml('SELECT pg_advisory_lock(7)', true, true, '')",
            "SELECT locked()",
            "SELECT prepared()",
            "SELECT listening()",
            "SELECT temporary()",
            "SELECT * FROM item FOR UPDATE",
            "WITH x AS (DELETE FROM item RETURNING 1) SELECT 1",
            "DELETE FROM item",
            "PREPARE p AS SELECT 1",
            "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
            "LISTEN x",
            "CREATE TEMP TABLE t (id int)",
            "SET work_mem = '1GB'",
            "COMMIT; SET work_mem = '1GB'");

    @Test
    void aReadLeavesNothing() {
        check(new Databases(PostgresServer.newest()));
    }

    @Test
    @Tag("debian")
    void aReadLeavesNothingInOldPostgres() {
        check(new Databases(PostgresServer.oldest()));
    }

    private static void check(Databases databases) {
        databases.prepare(
                "CREATE TABLE item AS SELECT 1 AS id",
                "CREATE SEQUENCE numbers",
                "CREATE FUNCTION locked() RETURNS void LANGUAGE sql AS 'SELECT pg_advisory_lock(8)'",
                "CREATE FUNCTION prepared() RETURNS void LANGUAGE plpgsql AS $$BEGIN EXECUTE 'PREPARE q AS SELECT 1'; END$$",
                "CREATE FUNCTION listening() RETURNS void LANGUAGE plpgsql AS $$BEGIN EXECUTE 'LISTEN z'; END$$",
                "CREATE FUNCTION temporary() RETURNS void LANGUAGE plpgsql AS"
                        + " $$BEGIN EXECUTE 'CREATE TEMP TABLE tt (id int)'; END$$");
        // As a superuser; in one session, so that each finds what the one before left.
        var settings =
                databases.settings("postgres").withPool(PoolSettings.of(1, 1).withRetireAfter(Duration.ZERO));
        var everything = new StatementRunner(new FunctionPolicy(AccessMode.ADMIN, Set.of()));
        var harmless =
                new StatementRunner(new FunctionPolicy(AccessMode.READ_ONLY, Set.of())); // less of it has to be undone
        try (var node = new DatabaseServer("canary", settings.url(), settings)) {
            var before = state(read(node, everything, STATE));
            for (var runner : List.of(everything, harmless)) {
                for (var sql : READS) {
                    attempt(() -> read(node, runner, sql));
                    assertThat(difference(before, state(read(node, everything, STATE))))
                            .as(sql)
                            .isEmpty();
                }
            }
        }
    }

    /** Without the process ID: a changed connection is closed, and the next one is like the first. */
    private static Set<String> state(Rows rows) {
        return Stream.of(Queries.text(rows).split(Pattern.quote("},{")))
                .filter(fact -> !fact.contains("process is"))
                .collect(Collectors.toSet());
    }

    private static Set<String> difference(Set<String> before, Set<String> after) {
        return Stream.concat(before.stream(), after.stream())
                .filter(fact -> !before.contains(fact) || !after.contains(fact))
                .collect(Collectors.toSet());
    }

    private static Rows read(DatabaseServer node, StatementRunner runner, String sql) {
        var step = VerbPolicy.READ_ONLY.step(ParsedStatement.of(Queries.sql(sql)), false);
        var time = new CallTime(ManualCallContext.unhurried(), Duration.ofSeconds(30));
        try (var session = node.acquire(time)) {
            return (Rows) runner.run(session, step, Queries.WINDOW, CostGate.OPEN, time);
        }
    }

    @Test
    void aChangeLeavesNothingButItself() {
        var databases = new Databases(PostgresServer.newest());
        databases.prepare("CREATE TABLE item AS SELECT 1 AS id");
        var settings = databases
                .settings("postgres")
                .withMode(AccessMode.ADMIN)
                .withPool(PoolSettings.of(1, 1).withRetireAfter(Duration.ZERO));
        try (var changing = PostgresDatabase.open(settings)) {
            var before = state(Queries.rows(changing, STATE));
            for (var sql : List.of(
                    "SELECT pg_advisory_lock(1)",
                    "SET work_mem = '1GB'",
                    "SET SESSION AUTHORIZATION reader",
                    "PREPARE p AS SELECT 1",
                    "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                    "LISTEN x",
                    "CREATE TEMP TABLE t (id int)",
                    "SELECT 1 / 0")) {
                attempt(() -> Queries.run(changing, ManualCallContext.unhurried(), Queries.WINDOW, sql));
                assertThat(difference(before, state(Queries.rows(changing, STATE))))
                        .as(sql)
                        .isEmpty();
            }
        }
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (PortException refused) {
            // whether it is, does not matter here
        }
    }
}
