package io.breakwater.core.business.database;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.Estimate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.Window;
import java.util.List;

/**
 * A database with checks on what statements may do. The methods block, observe the call context, and throw {@link
 * io.breakwater.port.PortException}. Thread-safe.
 */
public interface GuardedSql {

    /** Returns what statements may do. */
    AccessMode mode();

    /** Returns the identity of the database, which is the same on every replica. */
    String identity();

    /** Runs one statement, if the gate admits it. */
    Answer run(Statement statement, Window window, Gate gate, CallContext context);

    /**
     * Runs statements in one transaction.
     *
     * @param window the rows to return of each result; its byte limit is for all results together
     * @throws io.breakwater.port.PortException if a statement fails; the message names it
     */
    List<Answer> runAll(List<Statement> statements, Window window, Gate gate, CallContext context);

    /** Returns the PostgreSQL plan of a query without running it. */
    Json explain(Statement query, CallContext context);

    /** The result of a statement. */
    sealed interface Answer {
        /** Rows. */
        record Selected(Rows rows) implements Answer {}

        /** The completion of a statement without rows. */
        record Done(Command command) implements Answer {}
    }

    /** Decides by the estimate of the planner whether a statement runs. */
    @FunctionalInterface
    interface Gate {
        /** Admits all statements; no estimate is made. */
        Gate OPEN = estimate -> {};

        /** Returns if the statement may run, and throws if it may not. */
        void admit(Estimate estimate);
    }
}
