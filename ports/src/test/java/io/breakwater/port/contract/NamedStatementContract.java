package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.NamedStatement;
import io.breakwater.port.driven.NamedStatement.Effect;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.ResultColumn;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.memory.ManualCallContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link SqlGateway} must do with named parameters: bind values and never make them part of the statement,
 * check a statement without running it, and report positions in the text of the author. {@link SqlGatewayContract} has
 * the other parts of the contract.
 */
public abstract class NamedStatementContract {
    private static final Window WINDOW = new Window(0, 100, 10_000);

    private final CallContext scope = ManualCallContext.unhurried();

    /**
     * Creates a gateway to a database with the table {@code item (id integer primary key, name text not null)}, in
     * which the rows 1, 2 and 3 are named {@code one}, {@code two} and {@code three}.
     */
    protected abstract SqlGateway make(AccessMode mode);

    @ParameterizedTest
    @EnumSource
    void bindsValuesByNameInEveryMode(AccessMode mode) {
        var gateway = make(mode);
        var named = gateway.parse("SELECT name FROM item WHERE id = :id OR name = :name OR id = :id - 2 ORDER BY id");

        var rows = run(gateway, named, Map.of("id", Json.of(3), "name", Json.of("two")));

        assertThat(text(rows)).isEqualTo("[{\"name\":\"one\"},{\"name\":\"two\"},{\"name\":\"three\"}]");
        assertThat(named.names()).containsExactly("id", "name");
        assertThat(named.effect()).isEqualTo(Effect.READS);
    }

    @Test
    void changesRowsWithBoundValues() {
        var gateway = make(AccessMode.READ_WRITE);
        var named = gateway.parse("UPDATE item SET name = :name WHERE id = :id;");

        var answer = run(gateway, named, Map.of("id", Json.of(1), "name", Json.of(":id")));

        assertThat(named.effect()).isEqualTo(Effect.CHANGES);
        assertThat(answer).isEqualTo(new Command("UPDATE", 1L));
        assertThat(text(run(gateway, gateway.parse("SELECT name FROM item WHERE id = 1"), Map.of())))
                .isEqualTo("[{\"name\":\":id\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR true --",
                "one'; DELETE FROM item; --",
                "$1",
                ":name",
                "\\'; DROP TABLE item; --",
                "$$; DELETE FROM item; $$",
                "(SELECT name FROM item LIMIT 1)",
                "*/ OR true /*",
                "one\u2019 OR \u20191\u2019=\u20191"
            })
    void aValueNeverChangesTheStatement(String value) {
        var gateway = make(AccessMode.READ_WRITE);
        var compared = gateway.parse("SELECT id FROM item WHERE name = :name");
        var written = gateway.parse("INSERT INTO item VALUES (4, :name)");

        assertThat(text(run(gateway, compared, Map.of("name", Json.of(value))))).isEqualTo("[]");
        run(gateway, written, Map.of("name", Json.of(value)));
        assertThat(text(run(gateway, compared, Map.of("name", Json.of(value))))).isEqualTo("[{\"id\":4}]");
        assertThat(text(run(gateway, gateway.parse("SELECT count(*) AS n FROM item"), Map.of())))
                .isEqualTo("[{\"n\":4}]");
    }

    @Test
    void aNameInsideAConstantIsNoParameter() {
        var gateway = make(AccessMode.READ_ONLY);
        var named = gateway.parse("SELECT ':name' AS a, :name::text AS b /* :name */ -- :name");

        assertThat(named.references()).hasSize(1);
        assertThat(text(run(gateway, named, Map.of("name", Json.of("x")))))
                .isEqualTo("[{\"a\":\":name\",\"b\":\"x\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "READ_ONLY | SELECT :a; SELECT :b | INVALID | 12",
                "READ_ONLY | SELECT ':a | INVALID | 8",
                "READ_ONLY | SELECT :a, $1 | INVALID | 12",
                "READ_ONLY | DELETE FROM item WHERE id = :id | FORBIDDEN | 1",
                "READ_ONLY | WITH x AS (DELETE FROM item WHERE id = :id RETURNING 1) TABLE x | FORBIDDEN | 1",
                "READ_WRITE | DROP TABLE item | FORBIDDEN | 1",
                "ADMIN | COMMIT | FORBIDDEN | 1",
            })
    void refusesWhatNoValuesCanAllow(AccessMode mode, String sql, Reason reason, int position) {
        var gateway = make(mode);

        var refused = catchThrowableOfType(RefusedException.class, () -> gateway.parse(sql));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.position()).isEqualTo(position);
    }

    @Test
    void tellsTheTypesOfParametersAndColumns() {
        var gateway = make(AccessMode.READ_ONLY);

        var description = gateway.check(
                gateway.parse("SELECT id, name, :factor::numeric * id AS total FROM item WHERE id = ANY(:ids)"
                        + " AND name LIKE :pattern"),
                scope);

        assertThat(description.parameterTypes()).containsExactly("numeric", "integer[]", "text");
        assertThat(description.columns())
                .containsExactly(
                        new ResultColumn("id", "integer"),
                        new ResultColumn("name", "text"),
                        new ResultColumn("total", "numeric"));
    }

    @Test
    void checksAChangeWithoutRunningIt() {
        var gateway = make(AccessMode.READ_WRITE);

        var change = gateway.check(gateway.parse("UPDATE item SET name = :name WHERE id = :id"), scope);
        var returning = gateway.check(gateway.parse("DELETE FROM item WHERE id = :id RETURNING name"), scope);

        assertThat(change.parameterTypes()).containsExactly("text", "integer");
        assertThat(change.columns()).isEmpty();
        assertThat(returning.columns()).containsExactly(new ResultColumn("name", "text"));
        assertThat(text(run(gateway, gateway.parse("SELECT count(*) AS n FROM item"), Map.of())))
                .isEqualTo("[{\"n\":3}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT :long_name::text, '𝔘', nowhere FROM item",
                "SELECT id FROM item WHERE :a::integer = 1 AND :b::integer = 2 AND :a::integer = nowhere",
                "  /* : */ SELECT nowhere, :a::text FROM item ; "
            })
    void errorsHaveTheirPositionInTheSource(String sql) {
        var gateway = make(AccessMode.READ_ONLY);
        var named = gateway.parse(sql);
        int position = sql.codePointCount(0, sql.indexOf("nowhere")) + 1;
        var values = Map.of("long_name", Json.of("1"), "a", Json.of("1"), "b", Json.of("1"));

        var checked = catchThrowableOfType(RefusedException.class, () -> gateway.check(named, scope));
        var run = catchThrowableOfType(RefusedException.class, () -> run(gateway, named, values));

        for (var refused : new RefusedException[] {checked, run}) {
            assertThat(refused)
                    .hasMessageContaining("42703")
                    .hasMessageContaining("position " + position + ": nowhere");
            assertThat(refused.position()).isEqualTo(position);
        }
    }

    @Test
    void theCheckReportsAMissingTable() {
        var gateway = make(AccessMode.READ_ONLY);
        var named = gateway.parse("SELECT :id::integer FROM nothing");

        var refused = catchThrowableOfType(RefusedException.class, () -> gateway.check(named, scope));

        assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(refused.position()).isEqualTo(26);
    }

    private StatementResult run(SqlGateway gateway, NamedStatement named, Map<String, Json> values) {
        return gateway.execute(named.bind(values), WINDOW, CostGate.OPEN, scope);
    }

    private static String text(StatementResult rows) {
        return new String(((Rows) rows).rows().utf8(), UTF_8);
    }
}
