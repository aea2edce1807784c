package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("server")
class ModesTest {

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    @BeforeEach
    void prepare() {
        databases.prepare(
                "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL)", "INSERT INTO item VALUES (1, 'one')");
    }

    private PostgresDatabase open(AccessMode mode) {
        return databases.open(databases.settings("postgres").withMode(mode));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO item VALUES (2, 'two')",
                "WITH x AS (DELETE FROM item RETURNING *) SELECT * FROM x",
                "CREATE TABLE other ()",
                "COMMIT",
                "EXPLAIN ANALYZE SELECT 1",
                "EXPLAIN DELETE FROM item",
                "SHOW data_directory"
            })
    void readingIsAllThatReadOnlyAllows(String sql) {
        var database = open(AccessMode.READ_ONLY);

        assertThat(refused(database, sql).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(Queries.json(database, "TABLE item")).isEqualTo("[{\"id\":1,\"name\":\"one\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE other ()", "TRUNCATE item", "COMMIT", "SET work_mem = '1GB'", "VACUUM item"})
    void changingRowsIsAllThatReadWriteAllows(String sql) {
        assertThat(refused(open(AccessMode.READ_WRITE), sql).reason()).isEqualTo(Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @EnumSource(AccessMode.class)
    void showsSettingsThatAreNoSecrets(AccessMode mode) {
        assertThat(Queries.json(open(mode), "SHOW work_mem")).isEqualTo("[{\"work_mem\":\"4MB\"}]");
    }

    @Test
    void changesRows() {
        var database = open(AccessMode.READ_WRITE);

        assertThat(run(database, "INSERT INTO item VALUES ($1, $2)", Json.of(2), Json.of("two")))
                .isEqualTo(new Command("INSERT", 1L));
        assertThat(run(database, "UPDATE item SET name = 'x'")).isEqualTo(new Command("UPDATE", 2L));
        assertThat(run(database, "DELETE FROM item WHERE id = 9")).isEqualTo(new Command("DELETE", 0L));
        assertThat(Queries.json(database, "SELECT count(*) AS n FROM item WHERE name = 'x'"))
                .isEqualTo("[{\"n\":2}]");
    }

    @Test
    void givesTheRowsThatAChangeReturns() {
        var database = open(AccessMode.READ_WRITE);

        var rows = Queries.rows(
                database,
                new Window(0, 2, 1_000),
                "INSERT INTO item SELECT n, 'n' FROM generate_series(10, 19) n RETURNING id");

        assertThat(Queries.text(rows)).isEqualTo("[{\"id\":10},{\"id\":11}]");
        assertThat(rows.truncated()).isTrue();
        assertThat(rows.repeatable()).isFalse();
        assertThat(Queries.json(database, "SELECT count(*) AS n FROM item")).isEqualTo("[{\"n\":11}]");
    }

    @Test
    void doesNotChangeAgainToShowMoreRows() {
        var database = open(AccessMode.READ_WRITE);

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Queries.rows(
                        database, new Window(1, 2, 1_000), "INSERT INTO item VALUES (2, 'x') RETURNING id"));
        assertThat(Queries.json(database, "SELECT count(*) AS n FROM item")).isEqualTo("[{\"n\":1}]");
    }

    @Test
    void administersWithAnyStatement() {
        var database = open(AccessMode.ADMIN);

        assertThat(run(database, "CREATE TABLE other (id int)")).isEqualTo(new Command("CREATE TABLE", null));
        assertThat(run(database, "CREATE UNIQUE INDEX ON other (id)")).isEqualTo(new Command("CREATE INDEX", null));
        assertThat(run(database, "INSERT INTO other VALUES (1)")).isEqualTo(new Command("INSERT", 1L));
        assertThat(run(database, "VACUUM other")).isEqualTo(new Command("VACUUM", null));
        assertThat(run(database, "CREATE INDEX CONCURRENTLY ON other (id)"))
                .isEqualTo(new Command("CREATE INDEX", null));
        assertThat(run(database, "DROP TABLE other")).isEqualTo(new Command("DROP TABLE", null));
        assertThat(refused(database, "ROLLBACK").reason()).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void leavesNoTraceOfASessionThatWasAdministered() {
        var database = open(AccessMode.ADMIN);

        run(database, "SET TimeZone TO 'Asia/Tokyo'");
        run(database, "CREATE TEMP TABLE t (id int)");
        run(database, "LISTEN x");

        assertThat(Queries.json(database, "SELECT current_setting('TimeZone') AS z, to_regclass('t') AS t"))
                .isEqualTo("[{\"z\":\"UTC\",\"t\":null}]");
        assertThat(Queries.json(database, "SELECT count(*) AS n FROM pg_listening_channels()"))
                .isEqualTo("[{\"n\":0}]");
    }

    @Test
    void doesAllOperationsOrNone() {
        var database = open(AccessMode.READ_WRITE);
        var good = List.of(
                Queries.sql("INSERT INTO item VALUES (2, 'two')"),
                Queries.sql("SELECT id FROM item ORDER BY id"),
                Queries.sql("UPDATE item SET name = 'x'"));
        var bad = List.of(
                Queries.sql("INSERT INTO item VALUES (3, 'three')"),
                Queries.sql("INSERT INTO item VALUES (1, 'again')"));

        var answers = database.executeAll(good, Queries.WINDOW, CostGate.OPEN, ManualCallContext.unhurried());

        assertThat(answers).hasSize(3);
        assertThat(Queries.text((Rows) answers.get(1))).isEqualTo("[{\"id\":1},{\"id\":2}]");
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(
                        () -> database.executeAll(bad, Queries.WINDOW, CostGate.OPEN, ManualCallContext.unhurried()))
                .withMessageStartingWith("operation 2 of 2: ")
                .withMessageContaining("23505")
                .extracting(PortException.RefusedException::reason)
                .isEqualTo(Reason.CONFLICT);
        assertThat(Queries.json(database, "SELECT id FROM item ORDER BY id")).isEqualTo("[{\"id\":1},{\"id\":2}]");
    }

    @Test
    void doesNoneOfAllOperationsIfTheCommitFails() {
        databases.prepare("ALTER TABLE item ADD UNIQUE (name) DEFERRABLE INITIALLY DEFERRED");
        var database = open(AccessMode.READ_WRITE);
        var statements = List.of(
                Queries.sql("INSERT INTO item VALUES (2, 'two')"), Queries.sql("INSERT INTO item VALUES (3, 'one')"));

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() ->
                        database.executeAll(statements, Queries.WINDOW, CostGate.OPEN, ManualCallContext.unhurried()))
                .extracting(PortException.RefusedException::reason)
                .isEqualTo(Reason.CONFLICT);
        assertThat(Queries.json(database, "SELECT id FROM item ORDER BY id")).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void saysThatAStatementOutsideATransactionMayHaveTakenEffectAlthoughItFails() {
        databases.prepare("INSERT INTO item VALUES (2, 'one')");
        var database = open(AccessMode.ADMIN);

        var refused = refused(database, "CREATE UNIQUE INDEX CONCURRENTLY item_name ON item (name)");

        assertThat(refused.reason()).isEqualTo(Reason.OTHER);
        assertThat(refused).hasMessageContainingAll("23505", "a part of it may have taken effect");
        assertThat(Queries.json(database, "SELECT count(*) AS n FROM pg_index WHERE NOT indisvalid"))
                .isEqualTo("[{\"n\":1}]");
    }

    @Test
    void readsOneSnapshotInAllOperations() {
        var database = open(AccessMode.READ_ONLY);
        var twice = List.of(
                Queries.sql("SELECT pg_current_snapshot()::text AS s"),
                Queries.sql("SELECT pg_current_snapshot()::text AS s"));

        var answers = database.executeAll(twice, Queries.WINDOW, CostGate.OPEN, ManualCallContext.unhurried());

        assertThat(answers.getFirst()).isEqualTo(answers.getLast());
    }

    @Test
    void sharesOutTheBytesAmongAllOperations() {
        var database = open(AccessMode.READ_ONLY);
        var one = Queries.sql("SELECT repeat('x', 60) AS t FROM generate_series(1, 2)");

        var answers = database.executeAll(
                List.of(one, one), new Window(0, 10, 200), CostGate.OPEN, ManualCallContext.unhurried());

        assertThat(answers).extracting(answer -> ((Rows) answer).count()).containsExactly(2, 0);
        assertThat(answers).extracting(answer -> ((Rows) answer).truncated()).containsExactly(false, true);
    }

    @Test
    void showsThePlannersEstimateToTheGate() {
        var database = open(AccessMode.READ_WRITE);
        CostGate narrow = estimate -> {
            if (estimate.rows() > 500) {
                throw new PortException.RefusedException(
                        Reason.FORBIDDEN, estimate.node() + " of " + (long) estimate.rows(), null);
            }
        };

        assertThat(database.execute(
                        Queries.sql("SELECT n FROM generate_series(1, $1::int) n", Json.of(400)),
                        Queries.WINDOW,
                        narrow,
                        ManualCallContext.unhurried()))
                .isInstanceOfSatisfying(
                        Rows.class, rows -> assertThat(rows.count()).isEqualTo(400));
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> database.execute(
                        Queries.sql("SELECT n FROM generate_series(1, $1::int) n", Json.of(600)),
                        Queries.WINDOW,
                        narrow,
                        ManualCallContext.unhurried()))
                .withMessage("Function Scan of 600");
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> database.execute(
                        Queries.sql("INSERT INTO item SELECT n, 'x' FROM generate_series(1000, 2000) n RETURNING id"),
                        Queries.WINDOW,
                        narrow,
                        ManualCallContext.unhurried()));
        assertThat(Queries.json(database, "SELECT count(*) AS n FROM item")).isEqualTo("[{\"n\":1}]");
    }

    @Test
    void explainsWithoutRunning() {
        var database = open(AccessMode.READ_WRITE);

        assertThat(database.explain(
                                Queries.sql("DELETE FROM item WHERE id = $1", Json.of(1)),
                                ManualCallContext.unhurried())
                        .toString())
                .contains("\"Node Type\": \"ModifyTable\"");
        assertThat(Queries.json(database, "EXPLAIN (COSTS false) SELECT 1")).isEqualTo("[{\"QUERY PLAN\":\"Result\"}]");
        assertThat(Queries.json(database, "SELECT count(*) AS n FROM item")).isEqualTo("[{\"n\":1}]");
    }

    @Test
    void writesArraysAsTheirPlaceWantsThem() {
        var numbers = Json.array(Json.of(1), Json.of(2));

        assertThat(Queries.json(
                        open(AccessMode.READ_ONLY),
                        "SELECT $1::int[] AS a, $2::jsonb AS j, $3::jsonb AS o, 2 = ANY($1) AS any",
                        numbers,
                        numbers,
                        Json.object().put("k", numbers).build()))
                .isEqualTo("[{\"a\":[1,2],\"j\":[1, 2],\"o\":{\"k\": [1, 2]},\"any\":true}]");
    }

    @Test
    void groupsByAParameterThatIsUsedTwice() {
        assertThat(Queries.json(
                        open(AccessMode.READ_ONLY),
                        "SELECT date_trunc($1, at)::date AS day, count(*) AS n"
                                + " FROM (VALUES (timestamp '2026-03-04 10:00'), ('2026-03-20 11:00')) AS t(at)"
                                + " GROUP BY date_trunc($1, at)",
                        Json.of("month")))
                .isEqualTo("[{\"day\":\"2026-03-01\",\"n\":2}]");
    }

    @Test
    void takesAValueThatTheStatementDoesNotUse() {
        assertThat(Queries.json(open(AccessMode.READ_ONLY), "SELECT $2::int AS n", Json.of("unused"), Json.of(2)))
                .isEqualTo("[{\"n\":2}]");
    }

    @Test
    void refusesValuesThatPostgresCannotStore() {
        var database = open(AccessMode.READ_ONLY);

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Queries.json(database, "SELECT $1::text", Json.of("a\u0000b")))
                .withMessage(
                        "The value of $1 contains the character NUL (U+0000), which PostgreSQL cannot store; remove it.");
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Queries.json(database, "SELECT $1::text, $2::text", Json.of("a"), Json.of("\uD800")))
                .withMessageStartingWith("The value of $2 contains an unpaired surrogate");
    }

    private static SqlGateway.StatementResult run(SqlGateway database, String sql, Json... parameters) {
        return Queries.run(database, ManualCallContext.unhurried(), Queries.WINDOW, sql, parameters);
    }

    private static PortException.RefusedException refused(SqlGateway database, String sql) {
        return assertThrows(PortException.RefusedException.class, () -> run(database, sql));
    }
}
