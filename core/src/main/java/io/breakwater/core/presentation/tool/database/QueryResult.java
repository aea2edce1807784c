package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.Database.Outcome;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement gave. */
sealed interface QueryResult {

    /** Whether the database holds something else now. */
    boolean changed();

    /** Rows. They come encoded from the database's adapter, and leave as they are. */
    @Name("query")
    record Query(
            @Description("What each row holds, in order.") List<Column> columns,

            @Description("The rows; each an object whose members are named as the columns.")
            @JsonSchema("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}")
            Json results,

            @Description("How many rows these are.") @Name("row_count")
            int rowCount,

            @Description("Whether there are more rows after these.")
            boolean truncated,

            @Description("For the next rows: call again with the same query and params, and this as cursor.")
            @Name("next_cursor")
            @Nullable
            String nextCursor,

            @Description("False when these rows are one part of several: each part sees the data as they are when it is"
                    + " read. Absent when they are all.")
            @Nullable
            Boolean snapshot,

            @Description(
                    "True when the statement changed data, as INSERT with RETURNING does; absent when it only read.")
            @Name("changed_data")
            @Nullable
            Boolean changedData,

            @Description("What to know about these rows before relying on them.") @Nullable
            String warning)
            implements QueryResult {

        @Override
        public boolean changed() {
            return changedData != null;
        }
    }

    /** The end of a statement that gives no rows. */
    @Name("command")
    record Command(@Description("What the statement did.") Effect result) implements QueryResult {

        @Override
        public boolean changed() {
            return true;
        }
    }

    /** A column. */
    record Column(
            @Description("Unique within the result: a second id is called id_2.")
            String name,

            @Description("As the database calls it.") String type) {}

    /** What a statement did. */
    record Effect(
            @Description("The kind of statement: INSERT, UPDATE, CREATE TABLE.")
            String command,

            @Description("How many rows it changed; absent when it does not count them.")
            @Name("affected_rows")
            @Nullable
            Long affectedRows) {}

    static QueryResult of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Part part -> query(part);
            case Outcome.Done(var command) -> new Command(new Effect(command.tag(), command.affected()));
        };
    }

    private static Query query(Outcome.Part part) {
        var rows = part.rows();
        return new Query(
                rows.columns().stream().map(QueryResult::column).toList(),
                rows.rows(),
                rows.count(),
                rows.truncated(),
                part.cursor(),
                part.whole() ? null : false,
                rows.repeatable() ? null : true,
                part.warning());
    }

    private static Column column(SqlGateway.Column column) {
        return new Column(column.name(), column.type());
    }
}
