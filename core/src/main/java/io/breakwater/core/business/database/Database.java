package io.breakwater.core.business.database;

import io.breakwater.core.business.database.GuardedSql.Answer;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.server.settings.QueryLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs callers' SQL and gives results in parts. A part that is not the last comes with a cursor, which runs the same
 * statement again and passes over the rows before it: nothing is kept between two calls, and the data may have changed
 * meanwhile. Thread-safe.
 */
public final class Database {
    private final GuardedSql sql;
    private final QueryLimits limits;
    private final CostGuard costs;
    private final CursorCodec bookmarks;

    /** Over that database, within those limits. */
    public Database(GuardedSql sql, QueryLimits limits, CostGuard costs, CursorCodec bookmarks) {
        this.sql = sql;
        this.limits = limits;
        this.costs = costs;
        this.bookmarks = bookmarks;
    }

    /** What statements may do. */
    public AccessMode mode() {
        return sql.mode();
    }

    /** How much of a result one call gives. */
    public QueryLimits limits() {
        return limits;
    }

    /**
     * Runs one statement.
     *
     * @param cursor from the part before, or null for the first
     * @param caller whose budget it is charged to, and who alone can use the cursor
     * @throws PortException when it cannot be run as asked; the message says what to change
     */
    public Outcome execute(Statement statement, @Nullable String cursor, String caller, CallContext scope) {
        var result = new CursorCodec.Result(sql.identity(), statement, caller);
        long from = cursor == null ? 0 : place(cursor, result);
        return switch (sql.run(statement, windowFrom(from), costs.gate(caller, scope), scope)) {
            case Answer.Done(var command) -> new Outcome.Done(command);
            case Answer.Selected(var rows) -> part(rows, from, result);
        };
    }

    private Window windowFrom(long row) {
        return new Window(row, limits.rows(), limits.bytes());
    }

    /**
     * Runs them in one transaction; all take effect, or none does. There is no going on in a part of a result.
     *
     * @throws PortException whose message names the statement that failed
     */
    public List<Outcome> executeAll(List<Statement> statements, String caller, CallContext scope) {
        var outcomes = new ArrayList<Outcome>();
        for (var answer : sql.runAll(statements, windowFrom(0), costs.gate(caller, scope), scope)) {
            outcomes.add(
                    switch (answer) {
                        case Answer.Done(var command) -> new Outcome.Done(command);
                        case Answer.Selected(var rows) -> new Outcome.Part(rows, null, true, QueryNotes.inBatch(rows));
                    });
        }
        return outcomes;
    }

    /** PostgreSQL's plan of a query that is not run, as {@code EXPLAIN (FORMAT JSON)} writes it. */
    public Json explain(Statement query, CallContext scope) {
        return sql.explain(query, scope);
    }

    private long place(String cursor, CursorCodec.Result result) {
        return bookmarks
                .decode(cursor, result)
                .orElseThrow(() -> new PortException.RefusedException(
                        Reason.INVALID,
                        "This cursor does not belong to this query with these params, or it has expired. Give the very"
                                + " query and params it came with, or leave it out to begin again.",
                        null));
    }

    /** A part without rows leads nowhere: its first row alone is too large. */
    private Outcome part(Rows rows, long from, CursorCodec.Result result) {
        long next = from + rows.count();
        boolean goesOn = rows.truncated() && rows.repeatable() && rows.count() > 0;
        if (goesOn && next > limits.offset()) {
            return new Outcome.Part(rows, null, from == 0, QueryNotes.tooFar(limits));
        }
        var cursor = goesOn ? bookmarks.encode(result, next) : null;
        boolean whole = cursor == null && from == 0;
        return new Outcome.Part(rows, cursor, whole, QueryNotes.on(rows, whole, limits));
    }

    /** What a statement came to. */
    public sealed interface Outcome {

        /**
         * Rows, or the first or next of them.
         *
         * @param cursor for the next part; null when there is none, or none to be had
         * @param whole false for one part of several, each of which sees the data as they are when it is read
         * @param warning what to know about these rows before relying on them; null when there is nothing
         */
        record Part(
                Rows rows,
                @Nullable String cursor,
                boolean whole,
                @Nullable String warning) implements Outcome {}

        /** The end of a statement that gives no rows. */
        record Done(io.breakwater.port.driven.SqlGateway.Command command) implements Outcome {}
    }
}
