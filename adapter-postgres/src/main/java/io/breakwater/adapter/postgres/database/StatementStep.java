package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.pipeline.StatementShape;
import io.breakwater.adapter.postgres.sql.ErrorPositions;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import java.sql.SQLException;

/** The execution of one allowed statement. */
sealed interface StatementStep permits QueryStep, DirectStep, ExplainStep {

    /** The caller's statement. */
    ParsedStatement parsed();

    /** Whether it may change data, so that it needs a read-write transaction. */
    boolean changes();

    /**
     * Runs the statement.
     *
     * @param collector collects the rows
     */
    StatementResult execute(Transaction transaction, RowCollector collector, CostGate gate) throws SQLException;

    /** Returns what the server infers for the statement, without running it. */
    StatementShape describe(Transaction transaction) throws SQLException;

    /** Maps the server's error positions to positions in the caller's text. */
    default ErrorPositions positions() {
        return parsed().statement().positions();
    }

    /** The number of characters that we put before the statement; the server includes them in error positions. */
    int prefixLength();
}
