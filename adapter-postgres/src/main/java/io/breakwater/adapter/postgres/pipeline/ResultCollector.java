package io.breakwater.adapter.postgres.pipeline;

import io.breakwater.adapter.postgres.net.BoundedSocketFactory;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;

/**
 * Collects the results of one exchange. It only stores them: an exception here would leave the driver in the middle of
 * a message.
 */
final class ResultCollector extends ResultHandlerBase {
    private final List<RawResult> results = new ArrayList<>();
    private boolean truncated;

    @Override
    public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
        results.add(RawResult.ofRows(fields, tuples, truncated));
        truncated = false;
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
        results.add(RawResult.ofCommand(updateCount));
    }

    @Override
    public void handleWarning(SQLWarning warning) {
        truncated |= BoundedSocketFactory.ROWS_MISSING.equals(warning.getSQLState());
    }

    /** The columns of a statement that was described; a result without rows when it has none. */
    RawResult columns() {
        return results.isEmpty() ? RawResult.ofCommand(0) : results.getFirst();
    }

    /** The results, one for each statement that was sent. */
    List<RawResult> results(int statements) {
        if (results.size() != statements) {
            throw new IllegalStateException(
                    "The server returned " + results.size() + " results for " + statements + " statements.");
        }
        return results;
    }
}
