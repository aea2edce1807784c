package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.codec.TypeRegistry;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.Parameter;
import io.breakwater.adapter.postgres.pipeline.RawResult;
import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.memory.ManualCallContext;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each layer of the guard costs a select of one row, on one connection and from one thread:
 * {@code LayerCosts URL ROUNDS MILLIS} prints as {@code name=value} the median microseconds of a call with all layers
 * up to that one. The rows are those of pgbench whose numbers have six digits.
 */
public final class LayerCosts {
    private static final int FIRST = 100_000;
    private static final int COUNT = 100_000;
    private static final int STRIDE = 7_919;
    private static final String PLAIN = "SELECT abalance FROM pgbench_accounts WHERE aid = ?";
    private static final String ASKED = "SELECT abalance FROM pgbench_accounts WHERE aid = $1";
    private static final Window WINDOW = new Window(0, 1_000, 1 << 20);

    private final PostgresDatabase database;
    private final GuardedConnection session;
    private final PreparedStatement prepared;
    private final ParsedStatement analysed = ParsedStatement.of(statement(FIRST));
    private final TypeRegistry types = new TypeRegistry();
    private final StatementRunner runner = new StatementRunner(new FunctionPolicy(AccessMode.READ_ONLY, Set.of()));
    private int calls;

    private LayerCosts(PostgresDatabase database, GuardedConnection session, PreparedStatement prepared) {
        this.database = database;
        this.session = session;
        this.prepared = prepared;
    }

    /** Measures, and prints. */
    public static void main(String[] arguments) throws SQLException {
        var url = ConnectionString.of(arguments[0]);
        var settings = DatabaseSettings.forUrl(url).withPool(PoolSettings.of(1, 1));
        try (var database = PostgresDatabase.open(settings);
                var node = new DatabaseServer("layers", url, settings);
                var session = node.acquire(time());
                var own = url.connect(Map.of());
                var prepared = own.prepareStatement(PLAIN)) {
            new LayerCosts(database, session, prepared)
                    .measure(Integer.parseInt(arguments[1]), Duration.ofMillis(Long.parseLong(arguments[2])));
        }
    }

    private void measure(int rounds, Duration time) throws SQLException {
        var micros = new LinkedHashMap<String, double[]>();
        for (int round = -1; round < rounds; round++) { // the first one warms up
            for (var layer : layers().entrySet()) {
                double took = micros(layer.getValue(), time);
                if (round >= 0) {
                    micros.computeIfAbsent(layer.getKey(), name -> new double[rounds])[round] = took;
                }
            }
        }
        micros.forEach((name, each) -> System.out.printf("%s=%.1f%n", name, median(each)));
    }

    private static double micros(Work work, Duration time) throws SQLException {
        long begin = System.nanoTime();
        long done = 0;
        while (System.nanoTime() - begin < time.toNanos()) {
            work.run();
            done++;
        }
        return (System.nanoTime() - begin) / 1e3 / done;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    // ---- the layers, each on top of those before ------------------------------------------------------------------

    private Map<String, Work> layers() {
        var layers = new LinkedHashMap<String, Work>();
        layers.put("prepared", this::prepared);
        layers.put("parsed", this::parsed);
        layers.put("composite", this::composite);
        layers.put("reset", this::reset);
        layers.put(
                "rows",
                () -> take(new ParsedStatement(analysed.statement(), List.of(Json.of(next())), Set.of(), null)));
        layers.put("analysis", () -> take(ParsedStatement.of(statement(next()))));
        layers.put("policy", this::admitted);
        layers.put("gateway", this::whole);
        return layers;
    }

    /** As applications do it: the server knows the statement already. */
    private void prepared() throws SQLException {
        prepared.setInt(1, next());
        try (var rows = prepared.executeQuery()) {
            require(rows.next() && rows.getInt(1) == 0);
        }
    }

    /** The server parses and plans the statement each time, since nothing of a call may be there for the next one. */
    private void parsed() throws SQLException {
        requireRow(session.send(asked("")).getLast());
    }

    /** As a cursor in a transaction that only reads, in one round trip. */
    private void composite() throws SQLException {
        session.send(Transaction.READING, asked(QueryStep.DECLARE), QueryStep.FETCH_FIRST, Transaction.ROLLBACK);
    }

    /** The same round trip proves that everything is undone. */
    private void reset() throws SQLException {
        try (var transaction = Transaction.reading(session, time())) {
            requireRow(transaction.sendWhole(List.of(asked(QueryStep.DECLARE), QueryStep.FETCH_FIRST)));
        }
    }

    private BoundStatement asked(String prefix) {
        return new BoundStatement(
                prefix + ASKED, List.of(new Parameter(Integer.toString(next()), Parameter.UNSPECIFIED)));
    }

    /** Rows are counted, weighed and written as JSON. */
    private void take(ParsedStatement asked) throws SQLException {
        try (var transaction = Transaction.reading(session, time())) {
            var into = new RowCollector(types, session, WINDOW, WINDOW.bytes(), time().memory());
            var query = new QueryStep(asked);
            query.executeInOneMessage(transaction, into);
            requireRow(query.answer(into));
        }
    }

    /** The function policy knows from the call before what the names in the statement may reach. */
    private void admitted() {
        requireRow(runner.run(
                session, new QueryStep(ParsedStatement.of(statement(next()))), WINDOW, CostGate.OPEN, time()));
    }

    /** A connection is acquired from the pool and returned. */
    private void whole() {
        requireRow(database.execute(statement(next()), WINDOW, CostGate.OPEN, ManualCallContext.unhurried()));
    }

    // ---- what they need -------------------------------------------------------------------------------------------

    private int next() {
        return FIRST + (int) ((long) calls++ * STRIDE % COUNT);
    }

    private static Statement statement(int row) {
        return new Statement(ASKED, List.of(Json.of(row)));
    }

    private static CallTime time() {
        return new CallTime(ManualCallContext.unhurried(), Duration.ofSeconds(30));
    }

    private static void requireRow(RawResult answer) {
        var value = answer.rowCount() == 1 ? answer.value(0, 0) : null;
        require(value != null && Arrays.equals(value, new byte[] {'0'}));
    }

    private static void requireRow(StatementResult answer) {
        require(answer instanceof Rows rows && rows.count() == 1);
    }

    private static void require(boolean oneRow) {
        if (!oneRow) {
            throw new IllegalStateException("not the one row that was asked for");
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }
}
