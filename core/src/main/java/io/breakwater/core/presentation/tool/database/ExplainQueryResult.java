package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.QueryPlan;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Name;
import java.math.BigDecimal;

/** The result of {@code explain_query}. */
record ExplainQueryResult(
        @Description(
                "The planner's estimate of the cost, in planner units: one unit is about one sequential page read.")
        @Name("estimated_cost")
        BigDecimal estimatedCost,

        @Description("The planner's estimate of the number of rows.") @Name("estimated_rows")
        BigDecimal estimatedRows,

        @Description("The plan step with the highest cost of its own.") @Name("costliest_step")
        String costliestStep,

        @Description("The whole plan, in the format of EXPLAIN (FORMAT JSON).") @JsonSchema("{\"type\":\"array\"}")
        Json plan) {

    static ExplainQueryResult of(Json plan) {
        var compact = ParsedJson.read(JsonWriter.bytes(plan)).json(); // removes line breaks and indentation
        var summary = QueryPlan.of(compact);
        return new ExplainQueryResult(summary.cost(), summary.rows(), summary.costliestStep(), compact);
    }
}
