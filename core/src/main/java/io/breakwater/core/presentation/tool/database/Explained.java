package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.Plan;
import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Name;
import io.breakwater.core.presentation.catalog.schema.Shape;
import io.breakwater.core.presentation.json.Document;
import io.breakwater.core.presentation.json.JsonWriter;
import io.breakwater.port.Json;
import java.math.BigDecimal;

/** What {@code explain_query} gives. */
record Explained(
        @Describe(
                "What the planner expects the query to cost, in its own units: about one for each page read in sequence.")
        @Name("estimated_cost")
        BigDecimal estimatedCost,

        @Describe("How many rows the planner expects.") @Name("estimated_rows")
        BigDecimal estimatedRows,

        @Describe("The step that costs most by itself.") @Name("costliest_step")
        String costliestStep,

        @Describe("The whole plan, as EXPLAIN (FORMAT JSON) writes it.") @Shape("{\"type\":\"array\"}")
        Json plan) {

    static Explained of(Json plan) {
        var read = Document.read(JsonWriter.bytes(plan)).json(); // comes with line breaks and indented
        var gist = Plan.of(read);
        return new Explained(gist.cost(), gist.rows(), gist.costliestStep(), read);
    }
}
