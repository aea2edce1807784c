package io.breakwater.adapter.postgres.pipeline;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Oid;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/**
 * Sends statements over one connection, several in one round trip, each of them verbatim: a {@code Parse} message
 * contains exactly the text of a {@link BoundStatement}. The driver's own method {@code prepareStatement} rewrites
 * {@code {fn …}}, splits at semicolons and treats question marks as parameters; here no code between us and the server
 * parses the text. The server refuses a text that contains more than one statement.
 *
 * <p>Only this package uses the internals of pgjdbc below {@code PgConnection} (decision 0013). Not thread-safe, except
 * for the methods that are documented as such.
 */
public final class Pipeline {
    private static final int PREPARED_FLAGS = QueryExecutor.QUERY_SUPPRESS_BEGIN
            | QueryExecutor.QUERY_FORCE_DESCRIBE_PORTAL
            | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    /** The statement has no name on the server, so that nothing of it remains for the next caller. */
    private static final int UNNAMED_FLAGS = PREPARED_FLAGS | QueryExecutor.QUERY_ONESHOT;

    private static final int DESCRIBE_FLAGS = UNNAMED_FLAGS | QueryExecutor.QUERY_DESCRIBE_ONLY;

    private final QueryExecutor executor;
    private final IdentityHashMap<BoundStatement, Query> prepared = new IdentityHashMap<>();

    /** Creates a pipeline over a connection on which the driver begins no transactions. */
    public Pipeline(PgConnection connection) {
        this.executor = connection.getQueryExecutor();
    }

    /**
     * Sends statements and returns their results, in order. When a statement fails, the following ones do not run.
     *
     * @param maxRows the maximum number of rows for each statement; 0 for all
     * @throws SQLException the failure of the first statement that fails, or of the connection
     */
    public List<RawResult> send(List<BoundStatement> statements, int maxRows) throws SQLException {
        var query = query(statements);
        var values = values(query, statements);
        return execute(withPrepared(query, statements), values, statements.size(), maxRows, UNNAMED_FLAGS);
    }

    /**
     * Sends our own statements and keeps them prepared on the server: when the same objects are sent again, the server
     * does not parse them again. Their texts must contain nothing of a caller.
     */
    public List<RawResult> prepare(List<BoundStatement> statements) throws SQLException {
        var query = query(statements);
        var results = execute(query, values(query, statements), statements.size(), 0, PREPARED_FLAGS);
        var parts = query.getSubqueries();
        for (int i = 0; i < statements.size(); i++) {
            prepared.put(statements.get(i), parts == null ? query : parts[i]);
        }
        return results;
    }

    /** Returns what the server infers for a statement, without running it. */
    public StatementShape describe(BoundStatement statement) throws SQLException {
        var query = query(List.of(statement));
        var values = values(query, List.of(statement));
        var collector = new ResultCollector();
        executor.execute(query, values, collector, 0, 0, DESCRIBE_FLAGS);
        var types = values == null ? new int[0] : values.getTypeOIDs();
        return new StatementShape(Arrays.stream(types).boxed().toList(), collector.columns());
    }

    /** Whether no transaction is open. */
    public boolean isIdle() {
        return executor.getTransactionState() == TransactionState.IDLE;
    }

    /** Whether the connection is closed, so that nothing can be sent. */
    public boolean isClosed() {
        return executor.isClosed();
    }

    /** Cancels the running statement, over a separate connection. Any thread may call it. */
    public void cancel() throws SQLException {
        executor.sendQueryCancel();
    }

    /** Closes the socket, so that all waits for the server fail. Any thread may call it. */
    public void abort() {
        executor.abort();
    }

    private List<RawResult> execute(Query query, @Nullable ParameterList values, int statements, int maxRows, int flags)
            throws SQLException {
        var collector = new ResultCollector();
        executor.execute(query, values, collector, maxRows, 0, flags);
        return collector.results(statements);
    }

    private Query query(List<BoundStatement> statements) {
        return executor.wrap(statements.stream().map(Pipeline::verbatim).toList());
    }

    /** Wraps a statement verbatim. The driver needs only the number of parameters, not their positions. */
    private static NativeQuery verbatim(BoundStatement statement) {
        var positions = new int[statement.parameters().size()];
        return new NativeQuery(statement.sql(), positions, false, SqlCommand.BLANK);
    }

    /** Replaces statements by those that are prepared on the server. */
    private Query withPrepared(Query query, List<BoundStatement> statements) {
        if (prepared.isEmpty()) {
            return query;
        }
        var parts = query.getSubqueries();
        if (parts == null) {
            return prepared.getOrDefault(statements.getFirst(), query);
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i] = prepared.getOrDefault(statements.get(i), parts[i]);
        }
        return query;
    }

    /**
     * Returns the values, or null when there are none: the driver's list without parameters cannot be part of a batch.
     */
    private static @Nullable ParameterList values(Query query, List<BoundStatement> statements) throws SQLException {
        if (statements.stream().allMatch(statement -> statement.parameters().isEmpty())) {
            return null;
        }
        var values = query.createParameterList();
        int index = 1;
        for (var statement : statements) {
            for (var parameter : statement.parameters()) {
                set(values, index++, parameter);
            }
        }
        return values;
    }

    private static void set(ParameterList values, int index, Parameter parameter) throws SQLException {
        int type = parameter.type() == Parameter.UNSPECIFIED ? Oid.UNSPECIFIED : parameter.type();
        if (parameter.text() == null) {
            values.setNull(index, type);
        } else {
            values.setStringParameter(index, parameter.text(), type);
        }
    }
}
