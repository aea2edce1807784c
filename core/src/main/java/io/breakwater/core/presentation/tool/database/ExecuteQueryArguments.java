package io.breakwater.core.presentation.tool.database;

import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code execute_query}. */
record ExecuteQueryArguments(
        @Description(StatementArguments.QUERY) @Length(min = 1, max = StatementArguments.MAX_QUERY)
        String query,

        @Description(StatementArguments.PARAMS) @Size(max = StatementArguments.MAX_PARAMS) @Nullable
        List<Json> params,

        @Description("The next_cursor of the previous call; query and params must be the same as in that"
                + " call. Omit it for the first rows.")
        @Length(max = 400)
        @Nullable
        String cursor) {

    Statement statement() {
        return StatementArguments.statement(query, params);
    }
}
