package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.contract.NamedStatementContract;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract says of named parameters, and what PostgreSQL says of them. */
@Tag("server")
abstract class NamedStatementTests extends NamedStatementContract {
    private final ManualCallContext scope = ManualCallContext.unhurried();

    @RegisterExtension
    final Databases databases = new Databases(server());

    abstract PostgresServer server();

    @BeforeEach
    void prepare() {
        databases.prepare(
                "CREATE TABLE item (id integer PRIMARY KEY, name text NOT NULL)",
                "INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }

    @Override
    protected SqlGateway make(AccessMode mode) {
        return databases.open(databases.settings("postgres").withMode(mode));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT (ARRAY[1,2,3])[(:n):3] AS a | [{`a`:[2,3]}]",
                "SELECT (ARRAY[1,2,3])[1 : :n] AS a | [{`a`:[1,2]}]",
                "SELECT b.v[1 : n] AS a FROM (SELECT ARRAY[7,8,9] AS v, :n::int AS n) AS b | [{`a`:[7,8]}]",
                "SELECT ARRAY[:n,4]::int[] AS a | [{`a`:[2,4]}]",
                "SELECT '{`k`:[5,6,7]}'::jsonb->'k'->:n::int AS a | [{`a`:7}]",
                "SELECT make_interval(days =>:n) AS a | [{`a`:`P2D`}]",
                "SELECT -:n::int AS a, 1<:n AS b | [{`a`:-2,`b`:true}]",
                "SELECT $$:n$$ AS a, E'\\':n' AS b, U&'\\003an' AS c, :n::int AS `:n` | "
                        + "[{`a`:`:n`,`b`:`':n`,`c`:`:n`,`:n`:2}]"
            })
    void theServerReadsColonsLikeTheLexer(String sql, String rows) {
        var gateway = make(AccessMode.READ_ONLY);
        var named = gateway.parse(sql.replace('`', '"'));

        var answer = gateway.execute(named.bind(Map.of("n", Json.of(2))), Queries.WINDOW, CostGate.OPEN, scope);

        assertThat(Queries.text((Rows) answer)).isEqualTo(rows.replace('`', '"'));
        assertThat(gateway.check(named, scope).parameterTypes()).containsExactly("integer");
    }

    @Test
    void bindsArraysAndJsonByTheTypesOfTheParameters() {
        var gateway = make(AccessMode.READ_ONLY);
        var named = gateway.parse("SELECT name, :data::jsonb AS data FROM item WHERE id = ANY(:ids) ORDER BY id");
        var list = Json.array(Json.of(1), Json.of(3));

        var answer =
                gateway.execute(named.bind(Map.of("ids", list, "data", list)), Queries.WINDOW, CostGate.OPEN, scope);

        assertThat(Queries.text((Rows) answer))
                .isEqualTo("[{\"name\":\"one\",\"data\":[1, 3]},{\"name\":\"three\",\"data\":[1, 3]}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_sleep(:n)",
                "SELECT pg_read_file(:n)",
                "SELECT rolpassword FROM pg_authid WHERE rolname = :n",
                "SELECT set_config('search_path', :n, false)"
            })
    void theCheckRefusesWhatTheFunctionPolicyRefuses(String sql) {
        var gateway = make(AccessMode.READ_ONLY);

        var refused = catchThrowableOfType(RefusedException.class, () -> gateway.check(gateway.parse(sql), scope));

        assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void theCheckRefusesAQueryThatHidesAWrite() {
        var gateway = make(AccessMode.READ_ONLY);
        var named = gateway.parse("SELECT :a::text AS a INTO other");

        assertThat(catchThrowableOfType(RefusedException.class, () -> gateway.check(named, scope)))
                .hasMessageContaining("42601");
    }

    @Test
    void describesShowExplainAndCommands() {
        var gateway = make(AccessMode.ADMIN);
        var reading = make(AccessMode.READ_ONLY);

        assertThat(reading.check(reading.parse("SHOW work_mem"), scope).columns())
                .extracting(SqlGateway.ResultColumn::name)
                .containsExactly("work_mem");
        assertThat(reading.check(reading.parse("EXPLAIN SELECT * FROM item WHERE id = :id"), scope))
                .isEqualTo(new SqlGateway.StatementDescription(
                        List.of("integer"), List.of(new SqlGateway.ResultColumn("QUERY PLAN", "text"))));
        assertThat(gateway.check(gateway.parse("CREATE TABLE never_made (id integer)"), scope)
                        .columns())
                .isEmpty();
        assertThat(Queries.json(gateway, "SELECT to_regclass('never_made') AS a"))
                .isEqualTo("[{\"a\":null}]");
    }

    @Test
    void messagesNameTheParameter() {
        var gateway = make(AccessMode.READ_ONLY);
        var named = gateway.parse("SELECT :first_name::text");

        var refused = catchThrowableOfType(
                RefusedException.class,
                () -> gateway.execute(
                        named.bind(Map.of("first_name", Json.of("\0"))), Queries.WINDOW, CostGate.OPEN, scope));

        assertThat(refused).hasMessageStartingWith("The value of :first_name contains the character NUL");
    }

    @Test
    void theOperationOfABatchHasItsPositionInTheSource() {
        var gateway = make(AccessMode.READ_ONLY);
        var good = gateway.parse("SELECT :long_name::text").bind(Map.of("long_name", Json.of("x")));
        var bad = gateway.parse("SELECT :long_name::text, nowhere").bind(Map.of("long_name", Json.of("x")));

        var refused = catchThrowableOfType(
                RefusedException.class,
                () -> gateway.executeAll(List.of(good, bad), Queries.WINDOW, CostGate.OPEN, scope));

        assertThat(refused).hasMessageContaining("operation 2 of 2").hasMessageContaining("position 26: nowhere");
        assertThat(refused.position()).isEqualTo(26);
    }

    @Test
    void parsesWithoutAServer() {
        var nowhere = DatabaseSettings.forUrl(ConnectionString.of("postgresql://reader@127.0.0.1:1/shop"));

        assertThat(databases.open(nowhere).parse("SELECT :id FROM item").sql()).isEqualTo("SELECT $1 FROM item");
    }

    @Test
    void aSecondDatabaseHasItsOwnNameAndCannotUseTheSchemaOfTheStore() throws Exception {
        databases.prepare(
                "CREATE SCHEMA kept", "CREATE TABLE kept.users (id integer)", "GRANT SELECT ON kept.users TO reader");
        try (var second =
                PostgresDatabase.open("store-queries", databases.settings().withStoreSchema("kept"), name -> name)) {
            assertThat(second.dependency(Dependency.Need.OPTIONAL).name()).isEqualTo("store-queries");
            assertThat(second.backends().name()).isEqualTo("store-queries-backends");
            assertThat(Queries.json(second, "SELECT name FROM item WHERE id = 1"))
                    .isEqualTo("[{\"name\":\"one\"}]");
            assertThat(catchThrowableOfType(
                                    RefusedException.class,
                                    () -> second.check(second.parse("SELECT * FROM kept.users"), scope))
                            .reason())
                    .isEqualTo(Reason.FORBIDDEN);
        }
        try (var owner = PostgresDatabase.open(
                "store-queries", databases.settings("postgres").withStoreSchema("kept"), name -> name)) {
            assertThat(catchThrowableOfType(
                            PortException.UnavailableException.class, () -> Queries.rows(owner, "SELECT 1")))
                    .hasMessageContaining("more privileges than it needs");
        }
    }
}
