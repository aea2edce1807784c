package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.sql.ErrorPositions;
import io.breakwater.port.driven.SqlGateway.Answer;
import io.breakwater.port.driven.SqlGateway.CostGate;
import java.sql.SQLException;

/** What is done for one statement, once it is known to be allowed. */
sealed interface StatementStep permits QueryStep, DirectStep, ExplainStep {

    /** The statement as it was asked. */
    ParsedStatement asked();

    /** Whether it may change something, so that a transaction that only reads will not do. */
    boolean changes();

    /**
     * Does it.
     *
     * @param into takes the rows
     */
    Answer take(Transaction transaction, RowCollector into, CostGate gate) throws SQLException;

    /** How the server's positions in it relate to the caller's text. */
    default ErrorPositions places() {
        return asked().statement().places();
    }

    /** How many characters we put before the statement; the server counts them when it says where a mistake is. */
    int before();
}
