package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL from strangers, run against a database of somebody else's under a guard: what may not be done is refused before
 * it is begun, or undone by the server. The methods block, keep to the scope's deadline less half a second for the
 * answer, and stop the statement on the server when the scope is cancelled. Contract: {@code SqlGatewayContract}.
 *
 * <p>All of them raise {@link io.breakwater.port.PortException}: {@code RefusedException} for what the guard or the
 * server refuses, {@code DeadlineExceededException} at the deadline, {@code UnavailableException} when the database is
 * not there. Messages hold the SQLSTATE and the position in the statement (counted in characters from 1), never values
 * of rows or parts of a connection string.
 */
public interface SqlGateway {

    /** What statements may do. */
    AccessMode mode();

    /** Tells apart databases whose answers must not be mixed up; no secret in it. The same on every replica. */
    String identity();

    /**
     * Runs one statement.
     *
     * @param statement what to run
     * @param window which part of its rows to give
     * @param gate is shown the planner's estimate of a query before it runs, and refuses it by throwing; {@link
     *     CostGate#OPEN} saves the round trip
     */
    Answer execute(Statement statement, Window window, CostGate gate, CallContext scope);

    /**
     * Runs these statements in one transaction: all take effect, or none does. In read-only mode they see one snapshot.
     *
     * @param window which part of each one's rows to give; its bytes are for all of them together
     * @return the answer to each, in order
     * @throws io.breakwater.port.PortException whose message begins with {@code operation N of M: }, counted from 1
     */
    List<Answer> executeAll(List<Statement> statements, Window window, CostGate gate, CallContext scope);

    /** The planner's plan of a query that is not run: PostgreSQL's {@code EXPLAIN (FORMAT JSON)}, as that array. */
    Json explain(Statement query, CallContext scope);

    /** What statements may do. */
    enum AccessMode {
        /** Read. */
        READ_ONLY,
        /** Read, and INSERT, UPDATE, DELETE, MERGE. */
        READ_WRITE,
        /** Everything that the login role may. */
        ADMIN
    }

    /**
     * One statement.
     *
     * @param sql its text, with {@code $1}, {@code $2} … where values go; a semicolon at the end does no harm
     * @param parameters their values: texts, numbers, booleans, nulls; arrays and objects for arrays and JSON columns.
     *     The server decides of which type each is, by its place
     */
    record Statement(String sql, List<Json> parameters) {
        /** Copies the parameters. */
        public Statement {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * Which part of the rows is wanted.
     *
     * @param offset how many rows to pass over
     * @param rows how many at most
     * @param bytes how many bytes they may take together, written as JSON in UTF-8; only whole rows are given
     */
    record Window(long offset, int rows, long bytes) {
        /** Refuses a window that shows nothing. */
        public Window {
            if (offset < 0 || rows < 1 || bytes < 1) {
                throw new IllegalArgumentException("A window must have an offset of 0 or more, and at least one row and one byte.");
            }
        }
    }

    /**
     * What the planner thinks a query takes.
     *
     * @param cost in the planner's units, the whole of it
     * @param rows how many it gives
     * @param node the step that costs most by itself, in words: {@code Seq Scan on public.orders}
     */
    record Estimate(double cost, double rows, String node) {}

    /** Decides by the planner's estimate whether a query is run. */
    @FunctionalInterface
    interface CostGate {
        /** Lets everything through without looking. */
        CostGate OPEN = estimate -> {};

        /** Returns to let the query run; throws to refuse it, and what it throws reaches the caller as it is. */
        void admit(Estimate estimate);
    }

    /** What a statement gave. */
    sealed interface Answer {}

    /**
     * Rows.
     *
     * @param columns what a row holds, in order; names are unique: a second {@code id} is called {@code id_2}
     * @param rows an array of objects, one for each row, with the columns' names as members; encoded
     * @param count how many rows these are
     * @param truncated true when there are more after them
     * @param ordered true when the statement says in which order rows come, so that the next part fits this one
     * @param repeatable true when the statement only reads, so that it may be run again for the next part
     */
    record Rows(List<Column> columns, Json.Raw rows, int count, boolean truncated, boolean ordered, boolean repeatable)
            implements Answer {
        /** Copies the columns. */
        public Rows {
            columns = List.copyOf(columns);
        }
    }

    /**
     * The end of a statement that gives no rows.
     *
     * @param tag the server's command tag: {@code INSERT}, {@code CREATE TABLE}
     * @param affected how many rows it changed, or null when it does not count them
     */
    record Command(String tag, @Nullable Long affected) implements Answer {}

    /**
     * One column of a result.
     *
     * @param name unique among its fellows
     * @param type as the database calls it: {@code numeric}, {@code timestamp with time zone}, {@code text[]}
     */
    record Column(String name, String type) {}
}
