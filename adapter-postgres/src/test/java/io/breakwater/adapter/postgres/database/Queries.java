package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.memory.ManualCallContext;
import java.util.List;

/** Short words for asking a database. */
final class Queries {
    static final Window WINDOW = new Window(0, 1_000, 1 << 20);

    private Queries() {}

    static Statement sql(String text, Json... parameters) {
        return new Statement(text, List.of(parameters));
    }

    static Rows rows(SqlGateway database, String text, Json... parameters) {
        return rows(database, WINDOW, text, parameters);
    }

    static Rows rows(SqlGateway database, Window window, String text, Json... parameters) {
        return (Rows) run(database, ManualCallContext.unhurried(), window, text, parameters);
    }

    static SqlGateway.StatementResult run(
            SqlGateway database, CallContext scope, Window window, String text, Json... parameters) {
        return database.execute(sql(text, parameters), window, CostGate.OPEN, scope);
    }

    /** The rows as they are written. */
    static String json(SqlGateway database, String text, Json... parameters) {
        return text(rows(database, text, parameters));
    }

    static String text(Rows rows) {
        return new String(rows.rows().utf8(), UTF_8);
    }
}
