package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.QueryPlan;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Name;
import java.math.BigDecimal;

/** What {@code explain_query} gives. */
record ExplainQueryResult(
        @Description(
                "What the planner expects the query to cost, in its own units: about one for each page read in sequence.")
        @Name("estimated_cost")
        BigDecimal estimatedCost,

        @Description("How many rows the planner expects.") @Name("estimated_rows")
        BigDecimal estimatedRows,

        @Description("The step that costs most by itself.") @Name("costliest_step")
        String costliestStep,

        @Description("The whole plan, as EXPLAIN (FORMAT JSON) writes it.") @JsonSchema("{\"type\":\"array\"}")
        Json plan) {

    static ExplainQueryResult of(Json plan) {
        var read = ParsedJson.read(JsonWriter.bytes(plan)).json(); // comes with line breaks and indented
        var gist = QueryPlan.of(read);
        return new ExplainQueryResult(gist.cost(), gist.rows(), gist.costliestStep(), read);
    }
}
