package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL of untrusted callers against an external database, with checks: forbidden statements are refused before they
 * start, or the database server rolls them back. The methods block, end half a second before the deadline of the call
 * so that the response is in time, and cancel the statement on the database server when the call is cancelled.
 * Contracts: {@code SqlGatewayContract} and {@code NamedStatementContract}.
 *
 * <p>All of them raise {@link io.breakwater.port.PortException}: {@code RefusedException} for statements that the
 * checks or the database server refuse, {@code DeadlineExceededException} at the deadline, {@code UnavailableException}
 * when the database cannot be reached. Messages contain the SQLSTATE and the position in the statement (counted in
 * characters from 1), never values of rows or parts of a connection string.
 */
public interface SqlGateway {

    /** The access that statements have. */
    AccessMode mode();

    /**
     * Identifies the database, so that cached results of different databases are not confused. It contains no secret,
     * and is the same on every replica.
     */
    String identity();

    /**
     * Runs one statement.
     *
     * @param statement the statement to run
     * @param window the part of the rows to return
     * @param gate receives the planner's estimate of a query before it runs, and refuses the query by throwing;
     *     {@link CostGate#OPEN} saves the round trip
     */
    StatementResult execute(Statement statement, Window window, CostGate gate, CallContext context);

    /**
     * Runs these statements in one transaction: all take effect, or none does. In read-only mode they see one snapshot.
     *
     * @param window the part of the rows of each statement to return; its limit on bytes applies to all statements
     *     together
     * @return the result of each statement, in order
     * @throws io.breakwater.port.PortException whose message begins with {@code operation N of M: }, counted from 1
     */
    List<StatementResult> executeAll(List<Statement> statements, Window window, CostGate gate, CallContext context);

    /** Returns the plan of a query without running it: the array of PostgreSQL's {@code EXPLAIN (FORMAT JSON)}. */
    Json explain(Statement query, CallContext context);

    /**
     * Checks a statement as {@link #execute} does, and returns its plan without running it.
     *
     * @return the plan as {@link #explain} returns it; empty for a statement that has none, such as {@code SHOW} or {@code
     *     CREATE TABLE}
     */
    default Optional<Json> plan(Statement statement, CallContext context) {
        return Optional.of(explain(statement, context));
    }

    /**
     * Parses one statement with named parameters, without the database. A parameter is a colon and directly after it an
     * ASCII letter or an underscore, followed by ASCII letters, digits and underscores: {@code :first_name}. Names are
     * case-sensitive. Inside constants, quoted names and comments there are no parameters, and neither {@code ::type}
     * nor {@code name := value} contains one. Where a colon before a name can also separate two expressions, in
     * {@code a[1:n]} and {@code json_object('k':v)}, the text is refused: a blank after the colon makes it a separator,
     * and parentheses around the name make it a parameter.
     *
     * @param sql the text; a semicolon at the end is allowed
     * @throws io.breakwater.port.PortException.RefusedException when no values of the parameters can make the statement
     *     run: it is not one statement, contains numbered parameters ({@code $1}) or ambiguous colons, or the access
     *     mode does not allow it. The exception has the position in the text, when there is one
     */
    NamedStatement parse(String sql);

    /**
     * Checks a statement like {@link #execute} and lets the database server prepare it, without running it.
     *
     * @return the types of the parameters and the columns of the result
     * @throws io.breakwater.port.PortException.RefusedException when the checks or the database server refuse the
     *     statement. The message has the SQLSTATE of the database server, and the exception the position in the source
     */
    StatementDescription check(NamedStatement statement, CallContext context);

    /** The access that statements have. */
    enum AccessMode {
        /** Read. */
        READ_ONLY,
        /** Read, and INSERT, UPDATE, DELETE, MERGE. */
        READ_WRITE,
        /** Everything that the login role is allowed to do. */
        ADMIN
    }

    /**
     * One statement.
     *
     * @param sql the text, with {@code $1}, {@code $2} … for the parameters; a semicolon at the end is allowed
     * @param parameters the values: strings, numbers, booleans, nulls, and arrays and objects for array and JSON
     *     columns. The database server infers the type of each parameter
     * @param origin the statement with names from which this one was made, so that messages have the positions and names
     *     of its source; null when there is none
     */
    record Statement(
            String sql, List<Json> parameters, @Nullable NamedStatement origin) {
        /** Copies the parameters. */
        public Statement {
            parameters = List.copyOf(parameters);
        }

        /** A statement with numbered parameters. */
        public Statement(String sql, List<Json> parameters) {
            this(sql, parameters, null);
        }
    }

    /**
     * What the database server knows of a statement before it runs.
     *
     * @param parameterTypes the type of each parameter, in the order of {@link NamedStatement#names} and in the notation
     *     of {@link ResultColumn}
     * @param columns the columns of the result; empty when the statement returns no rows
     */
    record StatementDescription(List<String> parameterTypes, List<ResultColumn> columns) {
        /** Copies the lists. */
        public StatementDescription {
            parameterTypes = List.copyOf(parameterTypes);
            columns = List.copyOf(columns);
        }
    }

    /**
     * The part of the rows to return.
     *
     * @param offset the number of rows to skip
     * @param rows the maximum number of rows
     * @param bytes the maximum number of bytes of all rows as JSON in UTF-8; only whole rows are returned
     */
    record Window(long offset, int rows, long bytes) {
        /** Refuses a window without rows or bytes. */
        public Window {
            if (offset < 0 || rows < 1 || bytes < 1) {
                throw new IllegalArgumentException(
                        "A window must have an offset of 0 or more, and at least one row and one byte.");
            }
        }
    }

    /**
     * The estimate of the planner for a query.
     *
     * @param cost the total cost, in the units of the planner
     * @param rows the number of rows
     * @param node the plan node with the highest own cost, as text: {@code Seq Scan on public.orders}
     */
    record Estimate(double cost, double rows, String node) {}

    /** Decides by the estimate of the planner whether a query runs. */
    @FunctionalInterface
    interface CostGate {
        /** Admits all queries without an estimate. */
        CostGate OPEN = estimate -> {};

        /** Returns to admit the query, or throws an exception, which the caller receives unchanged. */
        void admit(Estimate estimate);
    }

    /** The result of a statement. */
    sealed interface StatementResult {}

    /**
     * Rows.
     *
     * @param columns the columns, in order; names are unique: a second {@code id} is called {@code id_2}
     * @param rows an array of objects, one for each row, with the column names as members, encoded
     * @param count the number of these rows
     * @param truncated true when more rows follow
     * @param ordered true when the statement defines the order of rows, so that the next part continues this one
     * @param repeatable true when the statement only reads, so that it can run again for the next part
     */
    record Rows(
            List<ResultColumn> columns,
            Json.Raw rows,
            int count,
            boolean truncated,
            boolean ordered,
            boolean repeatable)
            implements StatementResult {
        /** Copies the columns. */
        public Rows {
            columns = List.copyOf(columns);
        }
    }

    /**
     * The result of a statement that returns no rows.
     *
     * @param tag the server's command tag: {@code INSERT}, {@code CREATE TABLE}
     * @param affected the number of rows that it changed, or null when it does not count them
     */
    record Command(String tag, @Nullable Long affected) implements StatementResult {}

    /**
     * One column of a result.
     *
     * @param name unique among the columns of the result
     * @param type the type in the notation of the database: {@code numeric}, {@code timestamp with time zone},
     *     {@code text[]}
     */
    record ResultColumn(String name, String type) {}
}
