package io.breakwater.adapter.postgres.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.sample.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;

@Tag("server")
class PipelineTest {
    /** The driver's prepareStatement doubles the argument of {@code right}, with its quote: a string becomes code. */
    private static final String PAYLOAD =
            "SELECT 1 AS a\u00a0$x$, 'foo $x${fn right($y$ || ' || $y$,$y$ || ' || $y$)}$y$"
                    + " || set_config('application_name','pwned',false) -- $y$'\n/*'*/ AS r";

    private PgConnection connection;
    private Pipeline pipeline;

    @BeforeEach
    void connect() throws SQLException {
        connection = PostgresServer.newest().connect("postgres", "postgres").unwrap(PgConnection.class);
        pipeline = new Pipeline(connection);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void sendsATextThatTheDriverWouldRewrite() throws SQLException {
        assertThatExceptionOfType(PSQLException.class)
                .isThrownBy(() -> send(PAYLOAD))
                .returns("42601", SQLException::getSQLState);
        assertThat(value(send("SELECT current_setting('application_name')"))).isNotEqualTo("pwned");
        assertThat(value(send("SELECT '{fn user()} ?' || $$;{d '2026-01-01'}$$")))
                .isEqualTo("{fn user()} ?;{d '2026-01-01'}");
    }

    @Test
    void isThePayloadThatGetsThroughTheDriversOwnWay() throws SQLException {
        try (var statement = connection.prepareStatement(PAYLOAD)) {
            statement.execute();
        }
        assertThat(value(send("SELECT current_setting('application_name')"))).isEqualTo("pwned");
    }

    @Test
    void letsTheServerRefuseASecondStatement() {
        assertThatThrownBy(() -> send("SELECT 1; SELECT 2"))
                .hasMessageContaining("cannot insert multiple commands into a prepared statement");
    }

    @Test
    void refusesATextThatDoesNotEncode() {
        assertThatThrownBy(() -> BoundStatement.of("SELECT '\uD800'")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answersEachStatementInOrder() throws SQLException {
        var results = pipeline.send(
                List.of(
                        BoundStatement.of("BEGIN"),
                        new BoundStatement("SELECT $2 || $1 || $2, $1 IS NULL", List.of(text("a"), text("b"))),
                        BoundStatement.of("CREATE TEMP TABLE t AS SELECT generate_series(1, 7) AS n"),
                        new BoundStatement("DELETE FROM t WHERE n > $1", List.of(text("4"))),
                        BoundStatement.of("SELECT n FROM t"),
                        BoundStatement.of("ROLLBACK")),
                2);

        assertThat(results).hasSize(6);
        assertThat(value(results.get(1))).isEqualTo("bab");
        assertThat(results.get(3).hasRows()).isFalse();
        assertThat(results.get(3).updateCount()).isEqualTo(3);
        assertThat(results.get(4).rowCount()).isEqualTo(2);
        assertThat(results.get(4).columnName(0)).isEqualTo("n");
        assertThat(connection.getTransactionState()).isEqualTo(TransactionState.IDLE);
    }

    @Test
    void runsNothingAfterAFailure() throws SQLException {
        assertThatThrownBy(() -> pipeline.send(
                        List.of(
                                BoundStatement.of("SELECT set_config('application_name', 'before', false)"),
                                BoundStatement.of("SELECT 1 / 0"),
                                BoundStatement.of("SELECT set_config('application_name', 'after', false)")),
                        0))
                .hasMessageContaining("division by zero");
        assertThat(value(send("SELECT current_setting('application_name')"))).isNotIn("before", "after");
    }

    @Test
    void keepsOnlyTheRequestedStatementsPrepared() throws SQLException {
        var kept = BoundStatement.of("SELECT 42 AS kept");
        pipeline.prepare(List.of(kept, BoundStatement.of("SELECT 43")));

        assertThat(value(pipeline.send(List.of(kept), 0).getFirst())).isEqualTo("42");
        assertThat(value(pipeline.send(List.of(BoundStatement.of("SELECT 1"), kept), 0)
                        .getLast()))
                .isEqualTo("42");
        assertThat(value(send("SELECT string_agg(statement, '/' ORDER BY name) FROM pg_prepared_statements")))
                .isEqualTo("SELECT 42 AS kept/SELECT 43");
    }

    @Test
    void describesCachedStatementsEachTime() throws SQLException {
        var fetch = BoundStatement.of("FETCH 1 FROM c");
        pipeline.prepare(List.of(
                BoundStatement.of("BEGIN"),
                BoundStatement.of("DECLARE c CURSOR FOR SELECT 1"),
                fetch,
                BoundStatement.of("ROLLBACK")));

        var rows = pipeline.send(
                        List.of(
                                BoundStatement.of("BEGIN"),
                                BoundStatement.of("DECLARE c CURSOR FOR SELECT 'x' AS first, true AS second"),
                                fetch,
                                BoundStatement.of("ROLLBACK")),
                        0)
                .get(2);

        assertThat(rows.columnCount()).isEqualTo(2);
        assertThat(rows.columnName(1)).isEqualTo("second");
        assertThat(value(rows)).isEqualTo("x");
    }

    @Test
    void tellsTheTypesOfParameters() throws SQLException {
        var shape = pipeline.describe(new BoundStatement(
                "SELECT $1::jsonb, $2 + 1, 3 = ANY($3)", List.of(text("{}"), text("1"), text("{}"))));

        assertThat(shape.parameterTypes()).containsExactly(3802, 23, 1007);
        assertThat(shape.columns().columnCount()).isEqualTo(3);
        assertThat(shape.columns().columnType(0)).isEqualTo(3802);
    }

    @Test
    void aStatementWithoutRowsHasNoColumns() throws SQLException {
        var shape = pipeline.describe(BoundStatement.of("CREATE TABLE never_made (id integer)"));

        assertThat(shape.parameterTypes()).isEmpty();
        assertThat(shape.columns().hasRows()).isFalse();
    }

    private RawResult send(String sql) throws SQLException {
        return pipeline.send(List.of(BoundStatement.of(sql)), 0).getFirst();
    }

    private static Parameter text(String text) {
        return new Parameter(text, Parameter.UNSPECIFIED);
    }

    private static String value(RawResult result) {
        return new String(requireNonNull(result.value(0, 0)), UTF_8);
    }
}
