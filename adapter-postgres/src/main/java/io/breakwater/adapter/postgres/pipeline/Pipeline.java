package io.breakwater.adapter.postgres.pipeline;

import java.sql.SQLException;
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
 * carries exactly the text of a {@link BoundStatement}. The driver's own entry, {@code prepareStatement}, rewrites
 * {@code {fn …}}, splits at semicolons and reads question marks as parameters; here no code between us and the server
 * reads the text. The server refuses a text that holds more than one statement.
 *
 * <p>This package alone uses the internals of pgjdbc below {@code PgConnection} (decision 0013). Not thread-safe,
 * except where a method says so.
 */
public final class Pipeline {
    private static final int KEPT = QueryExecutor.QUERY_SUPPRESS_BEGIN
            | QueryExecutor.QUERY_FORCE_DESCRIBE_PORTAL
            | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    /** The statement has no name on the server, so that nothing of it is there for the next caller. */
    private static final int ONCE = KEPT | QueryExecutor.QUERY_ONESHOT;

    private static final int DESCRIBED = ONCE | QueryExecutor.QUERY_DESCRIBE_ONLY;

    private final QueryExecutor executor;
    private final IdentityHashMap<BoundStatement, Query> prepared = new IdentityHashMap<>();

    /** Over that connection, on which the driver begins no transactions. */
    public Pipeline(PgConnection connection) {
        this.executor = connection.getQueryExecutor();
    }

    /**
     * Sends statements and returns their results, in order. If one fails, the rest is not run.
     *
     * @param maxRows how many rows each may return at the most; 0 for all
     * @throws SQLException as the first of them fails, or the connection
     */
    public List<StatementResult> send(List<BoundStatement> statements, int maxRows) throws SQLException {
        var query = query(statements);
        var values = values(query, statements);
        return execute(withPrepared(query, statements), values, statements.size(), maxRows, ONCE);
    }

    /**
     * Sends statements of our own and keeps them prepared on the server: the same objects, sent again, are not parsed
     * again. Only texts that hold nothing of a caller's.
     */
    public List<StatementResult> prepare(List<BoundStatement> statements) throws SQLException {
        var query = query(statements);
        var results = execute(query, values(query, statements), statements.size(), 0, KEPT);
        var parts = query.getSubqueries();
        for (int i = 0; i < statements.size(); i++) {
            prepared.put(statements.get(i), parts == null ? query : parts[i]);
        }
        return results;
    }

    /** The OIDs of the types that the server infers for the parameters of a statement, which is not run. */
    public int[] parameterTypes(BoundStatement statement) throws SQLException {
        var query = query(List.of(statement));
        var values = values(query, List.of(statement));
        executor.execute(query, values, new ResultCollector(), 0, 0, DESCRIBED);
        return values == null ? new int[0] : values.getTypeOIDs();
    }

    /** Whether no transaction is open. */
    public boolean isIdle() {
        return executor.getTransactionState() == TransactionState.IDLE;
    }

    /** Whether nothing can be sent any more. */
    public boolean isClosed() {
        return executor.isClosed();
    }

    /** Has the server stop what it runs here, which takes a connection of its own. Callable from any thread. */
    public void cancel() throws SQLException {
        executor.sendQueryCancel();
    }

    /** Closes the socket, so that whatever waits for the server fails. Callable from any thread. */
    public void abort() {
        executor.abort();
    }

    private List<StatementResult> execute(
            Query query, @Nullable ParameterList values, int statements, int maxRows, int flags) throws SQLException {
        var collector = new ResultCollector();
        executor.execute(query, values, collector, maxRows, 0, flags);
        return collector.results(statements);
    }

    private Query query(List<BoundStatement> statements) {
        return executor.wrap(statements.stream().map(Pipeline::verbatim).toList());
    }

    /** As many places as there are parameters is all that the driver wants to know of where they stand. */
    private static NativeQuery verbatim(BoundStatement statement) {
        var places = new int[statement.parameters().size()];
        return new NativeQuery(statement.sql(), places, false, SqlCommand.BLANK);
    }

    /** The query, with the statements in it replaced by those that the server knows already. */
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

    /** Null where there is none: the driver's list for no parameters takes no part in a sequence. */
    private static @Nullable ParameterList values(Query query, List<BoundStatement> statements) throws SQLException {
        if (statements.stream().allMatch(statement -> statement.parameters().isEmpty())) {
            return null;
        }
        var values = query.createParameterList();
        int place = 1;
        for (var statement : statements) {
            for (var parameter : statement.parameters()) {
                set(values, place++, parameter);
            }
        }
        return values;
    }

    private static void set(ParameterList values, int place, Parameter parameter) throws SQLException {
        int type = parameter.type() == Parameter.UNSPECIFIED ? Oid.UNSPECIFIED : parameter.type();
        if (parameter.text() == null) {
            values.setNull(place, type);
        } else {
            values.setStringParameter(place, parameter.text(), type);
        }
    }
}
