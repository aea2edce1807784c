package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.ResultColumn;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link SqlGateway} must do: run one statement unchanged, allow only what its mode allows, return only the
 * rows of the window, and roll back unfinished changes. The tests of each database cover the statements that it allows.
 * {@link NamedStatementContract} covers named parameters.
 */
public abstract class SqlGatewayContract {
    private static final Window WINDOW = new Window(0, 100, 10_000);

    private final CallContext scope = ManualCallContext.unhurried();

    /**
     * Creates a gateway to a database with the table {@code item (id integer primary key, name text not null)}, in
     * which the rows 1, 2 and 3 are named {@code one}, {@code two} and {@code three}.
     */
    protected abstract SqlGateway make(AccessMode mode);

    @ParameterizedTest
    @EnumSource
    void reportsItsAccessMode(AccessMode mode) {
        assertThat(make(mode).mode()).isEqualTo(mode);
        assertThat(make(mode).identity()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void returnsRowsInEveryMode(AccessMode mode) {
        var rows = rows(make(mode), WINDOW, "SELECT id, name FROM item ORDER BY id");

        assertThat(text(rows))
                .isEqualTo("[{\"id\":1,\"name\":\"one\"},{\"id\":2,\"name\":\"two\"},{\"id\":3,\"name\":\"three\"}]");
        assertThat(rows.columns()).containsExactly(new ResultColumn("id", "integer"), new ResultColumn("name", "text"));
        assertThat(rows.count()).isEqualTo(3);
        assertThat(rows.truncated()).isFalse();
        assertThat(rows.ordered()).isTrue();
    }

    @Test
    void reportsWhetherRowsAreOrdered() {
        var rows = rows(make(AccessMode.READ_ONLY), WINDOW, "SELECT id FROM item;");

        assertThat(rows.ordered()).isFalse();
        assertThat(rows.repeatable()).isTrue();
    }

    @Test
    void returnsColumnsWithoutRows() {
        var rows = rows(make(AccessMode.READ_ONLY), WINDOW, "SELECT id FROM item WHERE id > 9");

        assertThat(text(rows)).isEqualTo("[]");
        assertThat(rows.columns()).extracting(ResultColumn::name).containsExactly("id");
        assertThat(rows.truncated()).isFalse();
    }

    @Test
    void givesDuplicateColumnsDistinctNames() {
        var rows = rows(make(AccessMode.READ_ONLY), WINDOW, "SELECT 1 AS id, 2 AS id, 3 AS id");

        assertThat(text(rows)).isEqualTo("[{\"id\":1,\"id_2\":2,\"id_3\":3}]");
    }

    @Test
    void returnsTheRequestedRowsAndWhetherMoreExist() {
        var gateway = make(AccessMode.READ_ONLY);

        var first = rows(gateway, new Window(0, 2, 10_000), "SELECT id FROM item ORDER BY id");
        var last = rows(gateway, new Window(2, 2, 10_000), "SELECT id FROM item ORDER BY id");
        var beyond = rows(gateway, new Window(9, 2, 10_000), "SELECT id FROM item ORDER BY id");

        assertThat(text(first)).isEqualTo("[{\"id\":1},{\"id\":2}]");
        assertThat(first.truncated()).isTrue();
        assertThat(text(last)).isEqualTo("[{\"id\":3}]");
        assertThat(last.truncated()).isFalse();
        assertThat(text(beyond)).isEqualTo("[]");
        assertThat(beyond.truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 18, 19, 26, 27, 28})
    void returnsOnlyWholeRowsWithinTheByteLimit(int bytes) {
        var rows = rows(make(AccessMode.READ_ONLY), new Window(0, 100, bytes), "SELECT id FROM item ORDER BY id");

        int fitting = (bytes - 1) / 9; // {"id":1} and a comma, or a bracket
        assertThat(rows.count()).isEqualTo(Math.min(3, fitting));
        assertThat(rows.rows().utf8()).hasSizeLessThanOrEqualTo(bytes);
        assertThat(rows.truncated()).isEqualTo(fitting < 3);
    }

    @Test
    void rejectsARowThatExceedsTheByteLimit() {
        var gateway = make(AccessMode.READ_ONLY);

        var refused = refused(() -> rows(gateway, new Window(0, 100, 9), "SELECT id FROM item ORDER BY id"));

        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused).hasMessageContaining("9 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "\"", "\\", "a\nb\tc\u0001", "𝔘👩‍🚀", "$1 ? :x", "", "null"})
    void bindsStringsUnchanged(String text) {
        var gateway = make(AccessMode.READ_WRITE);

        execute(gateway, "UPDATE item SET name = $2 WHERE id = $1", Json.of(1), Json.of(text));

        var found = rows(gateway, WINDOW, "SELECT id FROM item WHERE name = $1", Json.of(text));
        assertThat(text(found)).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void bindsParametersByNumber() {
        var rows = rows(
                make(AccessMode.READ_ONLY),
                WINDOW,
                "SELECT name FROM item WHERE id IN ($2, $1) AND id <> $2 AND ($3 OR name IS NULL) AND $4::text IS NULL",
                Json.of(1),
                Json.of(2),
                Json.of(true),
                Json.Null.NULL);

        assertThat(text(rows)).isEqualTo("[{\"name\":\"one\"}]");
    }

    @Test
    void rejectsAWrongNumberOfParameters() {
        var gateway = make(AccessMode.READ_ONLY);

        assertThat(refused(() -> rows(gateway, WINDOW, "SELECT $1::int, $2::int", Json.of(1)))
                        .reason())
                .isEqualTo(Reason.INVALID);
        assertThat(refused(() -> rows(gateway, WINDOW, "SELECT 1", Json.of(1))).reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void reportsThePositionOfAnErrorWithoutValues() {
        var gateway = make(AccessMode.READ_ONLY);

        assertThat(refused(() -> rows(gateway, WINDOW, "SELECT id, nowhere FROM item")))
                .hasMessageContaining("42703")
                .hasMessageContaining("position 12");
        assertThat(refused(() -> rows(gateway, WINDOW, "SELECT id FROM nothing"))
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(refused(() -> rows(gateway, WINDOW, "SELECT CAST(name AS integer) FROM item")))
                .hasMessageContaining("22P02")
                .message()
                .doesNotContain("one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO item VALUES (4, 'four')",
                "UPDATE item SET name = 'x'",
                "DELETE FROM item",
                "CREATE TABLE other (id integer)",
                "SELECT 1; DELETE FROM item",
                "COMMIT; DELETE FROM item"
            })
    void readOnlyModeRejectsWrites(String sql) {
        var gateway = make(AccessMode.READ_ONLY);

        assertThat(refused(() -> execute(gateway, sql)).reason()).isIn(Reason.FORBIDDEN, Reason.INVALID);
        assertThat(count(gateway)).isEqualTo(3);
    }

    @Test
    void readWriteModeAllowsOnlyRowChanges() {
        var gateway = make(AccessMode.READ_WRITE);

        assertThat(execute(gateway, "INSERT INTO item VALUES (4, 'four')")).isEqualTo(new Command("INSERT", 1L));
        assertThat(execute(gateway, "UPDATE item SET name = 'x' WHERE id < 3")).isEqualTo(new Command("UPDATE", 2L));
        assertThat(execute(gateway, "DELETE FROM item WHERE id = 9")).isEqualTo(new Command("DELETE", 0L));
        assertThat(refused(() -> execute(gateway, "DROP TABLE item")).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(count(gateway)).isEqualTo(4);
    }

    @Test
    void returnedRowsOfAChangeAreNotRepeatable() {
        var gateway = make(AccessMode.READ_WRITE);

        var rows = rows(gateway, WINDOW, "DELETE FROM item WHERE id = 2 RETURNING name");

        assertThat(text(rows)).isEqualTo("[{\"name\":\"two\"}]");
        assertThat(rows.repeatable()).isFalse();
        assertThat(count(gateway)).isEqualTo(2);
    }

    @Test
    void distinguishesConflictsFromInvalidValues() {
        var gateway = make(AccessMode.READ_WRITE);

        assertThat(refused(() -> execute(gateway, "INSERT INTO item VALUES (1, 'again')"))
                        .reason())
                .isEqualTo(Reason.CONFLICT);
        assertThat(refused(() -> execute(gateway, "INSERT INTO item VALUES (5, NULL)"))
                        .reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void adminModeAllowsTableChanges() {
        var gateway = make(AccessMode.ADMIN);

        assertThat(execute(gateway, "CREATE TABLE other (id integer)")).isEqualTo(new Command("CREATE TABLE", null));
        assertThat(execute(gateway, "INSERT INTO other VALUES (1)")).isEqualTo(new Command("INSERT", 1L));
        assertThat(execute(gateway, "DROP TABLE other")).isEqualTo(new Command("DROP TABLE", null));
    }

    @Test
    void aBatchIsAtomic() {
        var gateway = make(AccessMode.READ_WRITE);

        var answers = gateway.executeAll(
                List.of(sql("INSERT INTO item VALUES (4, 'four')"), sql("SELECT count(*) AS n FROM item")),
                WINDOW,
                CostGate.OPEN,
                scope);
        var refused = refused(() -> gateway.executeAll(
                List.of(sql("DELETE FROM item"), sql("INSERT INTO item VALUES (5, NULL)"), sql("SELECT 1")),
                WINDOW,
                CostGate.OPEN,
                scope));

        assertThat(answers).hasSize(2).first().isEqualTo(new Command("INSERT", 1L));
        assertThat(text((Rows) answers.get(1))).isEqualTo("[{\"n\":4}]");
        assertThat(refused).hasMessageStartingWith("operation 2 of 3: ");
        assertThat(count(gateway)).isEqualTo(4);
    }

    @Test
    void theByteLimitAppliesToTheWholeBatch() {
        var gateway = make(AccessMode.READ_ONLY);
        var all = sql("SELECT id FROM item ORDER BY id");

        var answers = gateway.executeAll(List.of(all, all), new Window(0, 100, 40), CostGate.OPEN, scope);

        assertThat(answers).extracting(answer -> ((Rows) answer).count()).containsExactly(3, 1);
        assertThat(answers).extracting(answer -> ((Rows) answer).truncated()).containsExactly(false, true);
    }

    @Test
    void checksTheCostBeforeItRunsAQuery() {
        var gateway = make(AccessMode.READ_ONLY);
        CostGate closed = estimate -> {
            assertThat(estimate.cost()).isPositive();
            assertThat(estimate.rows()).isNotNegative();
            assertThat(estimate.node()).isNotBlank();
            throw new UnsupportedOperationException("too dear");
        };

        assertThatThrownBy(() -> gateway.execute(sql("SELECT 1 / (id - id) FROM item"), WINDOW, closed, scope))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("too dear");
    }

    @Test
    void explainsAQueryWithoutRunningIt() {
        var gateway = make(AccessMode.READ_ONLY);

        var plan = gateway.explain(sql("SELECT 1 / (id - id) FROM item WHERE id = $1", Json.of(1)), scope);

        assertThat(plan.toString()).contains("Plan");
        assertThat(refused(() -> gateway.explain(sql("DELETE FROM item"), scope))
                        .reason())
                .isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void startsNoStatementAfterTheDeadline() {
        var gateway = make(AccessMode.READ_ONLY);
        var cancelled = ManualCallContext.unhurried();
        cancelled.cancel();

        for (var late : List.of(ManualCallContext.within(Duration.ofMillis(100)), cancelled)) {
            assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                    .isThrownBy(() -> gateway.execute(sql("SELECT 1"), WINDOW, CostGate.OPEN, late));
        }
    }

    private StatementResult execute(SqlGateway gateway, String sql, Json... parameters) {
        return gateway.execute(sql(sql, parameters), WINDOW, CostGate.OPEN, scope);
    }

    private Rows rows(SqlGateway gateway, Window window, String sql, Json... parameters) {
        return (Rows) gateway.execute(sql(sql, parameters), window, CostGate.OPEN, scope);
    }

    private int count(SqlGateway gateway) {
        return rows(gateway, WINDOW, "SELECT id FROM item").count();
    }

    private static PortException.RefusedException refused(ThrowingCallable call) {
        return catchThrowableOfType(PortException.RefusedException.class, call);
    }

    private static Statement sql(String text, Json... parameters) {
        return new Statement(text, List.of(parameters));
    }

    private static String text(Rows rows) {
        return new String(rows.rows().utf8(), UTF_8);
    }
}
