package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.Database.Outcome;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Size;
import java.util.List;

/** The arguments of {@code batch_operations}. */
record BatchOperationsArguments(
        @Description("The statements, in the order in which they run.") @Size(min = 1, max = 50)
        List<StatementArguments> operations) {

    List<Statement> statements() {
        return operations.stream().map(StatementArguments::statement).toList();
    }

    /** Returns the calls of {@code execute_query} for which the batch stands. */
    List<ToolCall> calls() {
        return operations.stream()
                .map(operation -> new ToolCall(DatabasePack.EXECUTE_QUERY, operation.json()))
                .toList();
    }

    /** The result of {@code batch_operations}. */
    record Result(
            @Description("Always batch.") String type,

            @Description("The result of each statement, in the same order.")
            List<QueryResult> results,

            @Description("The number of statements.") @Name("operation_count")
            int operationCount) {

        private static final String TYPE = "batch";

        boolean changed() {
            return results.stream().anyMatch(QueryResult::changed);
        }

        static Result of(List<Outcome> outcomes) {
            return new Result(TYPE, outcomes.stream().map(QueryResult::of).toList(), outcomes.size());
        }
    }
}
