package io.breakwater.core.presentation.tool.database;

import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement, for {@code explain_query} and for each operation of {@code batch_operations}. */
record StatementArguments(
        @Description(QUERY) @Length(min = 1, max = MAX_QUERY)
        String query,

        @Description(PARAMS) @Size(max = MAX_PARAMS) @Nullable
        List<Json> params) {

    static final int MAX_QUERY = 100_000;
    static final int MAX_PARAMS = 1_000;

    static final String QUERY =
            "One SQL statement in the dialect of PostgreSQL. Use placeholders $1, $2 and so on for values,"
                    + " and pass the values in params; never insert values into the text.";
    static final String PARAMS =
            "The values of $1, $2 and so on, in order: strings, numbers, booleans and nulls, arrays"
                    + " for array columns, objects for JSON columns. Dates and times are strings in ISO 8601."
                    + " The database infers the type of each value from its placeholder; if it cannot, add a"
                    + " cast, for example $1::int.";

    Statement statement() {
        return statement(query, params);
    }

    /** Returns the arguments as JSON. */
    Json.Obj json() {
        return Json.object()
                .put("query", query)
                .putIfPresent("params", params == null ? null : new Json.Arr(params))
                .build();
    }

    static Statement statement(String query, @Nullable List<Json> params) {
        return new Statement(query, params == null ? List.of() : params);
    }
}
