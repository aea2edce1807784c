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
 * A database behind a guard that knows what statements may do. The methods block, keep to the scope, and raise {@link
 * io.breakwater.port.PortException}. Thread-safe.
 */
public interface GuardedSql {

    /** What statements may do. */
    AccessMode mode();

    /** Tells databases apart; the same on every replica. */
    String identity();

    /** Runs one statement, if the gate lets it. */
    Answer run(Statement statement, Window window, Gate gate, CallContext scope);

    /**
     * Runs them in one transaction.
     *
     * @param window which part of each one's rows to give; its bytes are for all of them together
     * @throws io.breakwater.port.PortException whose message names the statement that failed
     */
    List<Answer> runAll(List<Statement> statements, Window window, Gate gate, CallContext scope);

    /** PostgreSQL's plan of a query that is not run. */
    Json explain(Statement query, CallContext scope);

    /** What a statement gave. */
    sealed interface Answer {
        /** Rows. */
        record Selected(Rows rows) implements Answer {}

        /** The end of a statement that gives none. */
        record Done(Command command) implements Answer {}
    }

    /** Decides by the planner's estimate whether a statement is run. */
    @FunctionalInterface
    interface Gate {
        /** Lets everything through; nothing is estimated for it. */
        Gate OPEN = estimate -> {};

        /** Returns to let it run; throws to refuse it. */
        void admit(Estimate estimate);
    }
}
