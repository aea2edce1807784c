package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.postgres.Transcript;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A guarded database with one connection, on whose wire each call is compared with what it may send. For one thread.
 */
final class WiredDatabase implements AutoCloseable {
    private static final Duration TIME = Duration.ofMillis(200);
    private static final Window FEW = new Window(0, 20, 1 << 16);
    private static final List<String> FIRST =
            List.of("SELECT 'first'", "SELECT 'second' = 'x'", "SELECT 'third', '(0,1)'::tid, '0/0'::pg_lsn, ROW(3)");

    private final Transcript transcript = new Transcript();
    private final WireComparison wire = new WireComparison(transcript);
    private final Relay relay;
    private final PostgresDatabase database;

    /** For that role of a database, which nothing was asked of yet. */
    WiredDatabase(PostgresServer server, String name, String role) {
        relay = Relay.to(server.port(), transcript);
        var url = ConnectionString.of("postgresql://" + role + "@127.0.0.1:" + relay.port() + "/" + name);
        database = PostgresDatabase.open(DatabaseSettings.forUrl(url)
                .withPool(PoolSettings.of(1, 1))
                .withLimits(new DatabaseSettings.Limits(TIME, TIME, 4 << 20)));
        FIRST.forEach(text -> Eventually.holds(() -> isAnswered(text)));
        wire.learn(FIRST);
    }

    /** False when a busy machine needs longer than the limit of a statement; what was sent meanwhile is learnt too. */
    private boolean isAnswered(String text) {
        try {
            Queries.rows(database, text);
            return true;
        } catch (PortException.DeadlineExceededException busy) {
            return false;
        }
    }

    /** Asks in that way and compares; returns whether one of the texts was sent. */
    boolean call(AttackTarget.Way way, List<String> texts) {
        return switch (way) {
            case EACH -> texts.stream().map(text -> call(way, text)).reduce(false, Boolean::logicalOr);
            case EXPLAIN -> texts.stream().map(text -> call(way, text)).reduce(false, Boolean::logicalOr);
            case ALL -> {
                var statements = texts.stream().map(WiredDatabase::statement).toList();
                attempt(() -> database.executeAll(statements, FEW, CostGate.OPEN, ManualCallContext.unhurried()));
                yield compare(texts);
            }
        };
    }

    private boolean call(AttackTarget.Way way, String text) {
        var statement = statement(text);
        if (way == AttackTarget.Way.EXPLAIN) {
            attempt(() -> database.explain(statement, ManualCallContext.unhurried()));
        } else {
            var window = text.length() % 8 > 0 ? FEW : Queries.WINDOW; // at once, and in parts
            attempt(() -> database.execute(statement, window, CostGate.OPEN, ManualCallContext.unhurried()));
        }
        return compare(List.of(text));
    }

    private boolean compare(List<String> texts) {
        var statements = new ArrayList<String>();
        try {
            texts.forEach(text -> statements.addAll(sent(text)));
        } catch (PortException.RefusedException unreadable) {
            return wire.compare(List.of());
        }
        return wire.compare(statements);
    }

    /**
     * What a text may have sent for it: its statement, or the one that it wants explained; never what is not in the
     * text.
     */
    private static List<String> sent(String text) {
        var one = SqlStatement.of(text);
        var inner = one.verb() instanceof StatementVerb.Explain explain
                ? Stream.of(explain.statement())
                : Stream.<SqlStatement>of();
        return Stream.concat(Stream.of(one), inner)
                .map(SqlStatement::sql)
                .filter(text::contains)
                .toList();
    }

    private static Statement statement(String text) {
        int values;
        try {
            values = SqlStatement.of(text).highestParameter();
        } catch (PortException.RefusedException unreadable) {
            values = 0;
        }
        return new Statement(text, values > 9 ? List.of() : Collections.nCopies(values, Json.of("1")));
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (PortException refused) {
            // by us or by the server, and the wire shows by whom
        }
    }

    WireComparison wire() {
        return wire;
    }

    @Override
    public void close() {
        database.close();
        relay.close();
    }
}
