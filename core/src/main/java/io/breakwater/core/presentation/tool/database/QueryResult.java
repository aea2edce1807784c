package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.Database.Outcome;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a statement. */
sealed interface QueryResult {

    /** Returns whether the statement changed the database. */
    boolean changed();

    /** The rows of a statement, which the database adapter has already encoded. */
    @Name("query")
    record Query(
            @Description("The columns of each row, in order.")
            List<Column> columns,

            @Description("The rows: one object for each row, whose members have the names of the columns.")
            @JsonSchema("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}")
            Json results,

            @Description("The number of rows in this result.") @Name("row_count")
            int rowCount,

            @Description("True if there are more rows after these.")
            boolean truncated,

            @Description("The cursor for the next rows: call again with the same query and params, and pass it"
                    + " as cursor.")
            @Name("next_cursor")
            @Nullable
            String nextCursor,

            @Description("False if these rows are one part of several: each part shows the data at the time of"
                    + " its own call. Absent if the result is complete.")
            @Nullable
            Boolean snapshot,

            @Description("True if the statement changed data, for example INSERT with RETURNING; absent"
                    + " if it only read data.")
            @Name("changed_data")
            @Nullable
            Boolean changedData,

            @Description("A warning to consider before you rely on these rows.") @Nullable
            String warning)
            implements QueryResult {

        @Override
        public boolean changed() {
            return changedData != null;
        }
    }

    /** The result of a statement that returns no rows. */
    @Name("command")
    record Command(
            @Description("The effect of the statement.") Effect result) implements QueryResult {

        @Override
        public boolean changed() {
            return true;
        }
    }

    /** A column. */
    record Column(
            @Description("The name of the column, unique within the result: a second column id has the name id_2.")
            String name,

            @Description("The name of the type in the database.")
            String type) {}

    /** The effect of a statement. */
    record Effect(
            @Description("The kind of statement, for example INSERT, UPDATE or CREATE TABLE.")
            String command,

            @Description("The number of changed rows; absent for statements that do not count rows.")
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

    private static Column column(SqlGateway.ResultColumn column) {
        return new Column(column.name(), column.type());
    }
}
