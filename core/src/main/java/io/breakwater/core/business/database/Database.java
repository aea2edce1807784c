package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.server.settings.QueryLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the SQL of callers and returns results in parts. A part that is not the last has a cursor, which runs the same
 * statement again and skips the previous rows: the server stores nothing between two calls, and the data may change in
 * the meantime. Thread-safe.
 */
public final class Database {
    private final SqlGateway sql;
    private final QueryLimits limits;
    private final CostGuard costs;
    private final CursorCodec cursors;

    /** Creates an instance for a database with limits. */
    public Database(SqlGateway sql, QueryLimits limits, CostGuard costs, CursorCodec cursors) {
        this.sql = sql;
        this.limits = limits;
        this.costs = costs;
        this.cursors = cursors;
    }

    /** Returns what statements may do. */
    public AccessMode mode() {
        return sql.mode();
    }

    /** Returns the limits on a result of one call. */
    public QueryLimits limits() {
        return limits;
    }

    /**
     * Runs one statement.
     *
     * @param cursor the cursor of the previous part, or null for the first part
     * @param caller the caller, who alone can use the next cursor
     * @param quota what the statement may use
     * @throws PortException if the statement cannot be run; the message says what to change
     */
    public Outcome execute(
            Statement statement, @Nullable String cursor, String caller, StatementQuota quota, CallContext context) {
        var result = new CursorCodec.Result(sql.identity(), statement, caller);
        long fromRow = cursor == null ? 0 : decode(cursor, result);
        quota.requireRows(context);
        return switch (sql.execute(statement, window(fromRow), costs.gate(quota, context), context)) {
            case Command command -> new Outcome.Done(command);
            case Rows rows -> {
                quota.addRows(rows.count());
                yield part(rows, fromRow, result);
            }
        };
    }

    private Window window(long row) {
        return new Window(row, limits.rows(), limits.bytes());
    }

    /**
     * Runs statements in one transaction: all take effect, or none does. Their results have no cursors.
     *
     * @param quota what the statements may use
     * @throws PortException if a statement fails; the message names it
     */
    public List<Outcome> executeAll(List<Statement> statements, StatementQuota quota, CallContext context) {
        quota.requireRows(context);
        var outcomes = new ArrayList<Outcome>();
        for (var answer : sql.executeAll(statements, window(0), costs.gate(quota, context), context)) {
            outcomes.add(
                    switch (answer) {
                        case Command command -> new Outcome.Done(command);
                        case Rows rows -> {
                            quota.addRows(rows.count());
                            yield new Outcome.Part(rows, null, true, QueryNotes.inBatch(rows));
                        }
                    });
        }
        return outcomes;
    }

    /**
     * Checks a statement as {@link #execute} does, without running it and without using the quota.
     *
     * @return its plan, parsed; empty if PostgreSQL has none for it
     * @throws PortException if the statement would be refused
     */
    public Optional<Json> check(
            Statement statement, @Nullable String cursor, String caller, StatementQuota quota, CallContext context) {
        if (cursor != null) {
            decode(cursor, new CursorCodec.Result(sql.identity(), statement, caller));
        }
        quota.requireRows(context);
        return check(statement, quota, context);
    }

    /**
     * Checks statements as {@link #executeAll} does, without running them. The statements after one without a plan are not
     * planned, because they may depend on its effect.
     */
    public List<Optional<Json>> checkAll(List<Statement> statements, StatementQuota quota, CallContext context) {
        quota.requireRows(context);
        var plans = new ArrayList<Optional<Json>>();
        for (var statement : statements) {
            boolean known = plans.stream().allMatch(Optional::isPresent);
            plans.add(known ? check(statement, quota, context) : Optional.empty());
        }
        return plans;
    }

    private Optional<Json> check(Statement statement, StatementQuota quota, CallContext context) {
        var plan = sql.plan(statement, context).map(Database::parsed);
        plan.ifPresent(explained -> costs.check(QueryPlan.of(explained), quota, context));
        return plan;
    }

    private static Json parsed(Json explained) {
        return Json.parse(new String(JsonWriter.bytes(explained), StandardCharsets.UTF_8));
    }

    /** Returns the PostgreSQL plan of a query without running it, as {@code EXPLAIN (FORMAT JSON)} writes it. */
    public Json explain(Statement query, CallContext context) {
        return sql.explain(query, context);
    }

    private long decode(String cursor, CursorCodec.Result result) {
        return cursors.decode(cursor, result)
                .orElseThrow(() -> new PortException.RefusedException(
                        Reason.INVALID,
                        "This cursor does not belong to this query with these params, or it has expired. Repeat the"
                                + " query and params of the call that returned it, or omit it to start again.",
                        null));
    }

    /** Returns one part. A part without rows has no cursor, because its first row alone is too large. */
    private Outcome part(Rows rows, long fromRow, CursorCodec.Result result) {
        long next = fromRow + rows.count();
        boolean hasMore = rows.truncated() && rows.repeatable() && rows.count() > 0;
        if (hasMore && next > limits.offset()) {
            return new Outcome.Part(rows, null, fromRow == 0, QueryNotes.cursorLimitReached(limits));
        }
        var cursor = hasMore ? cursors.encode(result, next) : null;
        boolean whole = cursor == null && fromRow == 0;
        return new Outcome.Part(rows, cursor, whole, QueryNotes.on(rows, whole, limits));
    }

    /** The outcome of a statement. */
    public sealed interface Outcome {

        /**
         * Rows: all of them, or one part.
         *
         * @param cursor the cursor of the next part; null if there is none
         * @param whole false if this is one part of several, each of which reads the data at its own time
         * @param warning what the caller should know before relying on these rows; null for nothing
         */
        record Part(
                Rows rows,
                @Nullable String cursor,
                boolean whole,
                @Nullable String warning) implements Outcome {}

        /** The completion of a statement without rows. */
        record Done(Command command) implements Outcome {}
    }
}
