package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.Database.Outcome;
import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Items;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.util.List;

/** What {@code batch_operations} is called with. */
record Batch(
        @Describe("The statements, in the order in which they run.") @Items(min = 1, max = 50)
        List<StatementArguments> operations) {

    List<Statement> statements() {
        return operations.stream().map(StatementArguments::statement).toList();
    }

    /** What it gives. */
    record Result(
            @Describe("What each statement gave, in order.") List<QueryResult> results) {

        boolean changed() {
            return results.stream().anyMatch(QueryResult::changed);
        }

        static Result of(List<Outcome> outcomes) {
            return new Result(outcomes.stream().map(QueryResult::of).toList());
        }
    }
}
