package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.SqlName;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Name;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result of {@code list_tables}. */
record ListTablesResult(
        @Description("The tables, in the order of schema and name.")
        List<Entry> tables,

        @Description("The number of tables that are not in the result; absent if the result is complete.") @Nullable
        Integer omitted) {
    private static final int MAX_TABLES = 1_000;
    private static final int MAX_COMMENT_LENGTH = 300;

    /** The arguments of {@code list_tables}. */
    record Arguments(
            @Description("Returns only tables whose name, including the schema, contains this text. The match"
                    + " ignores case.")
            @Length(max = 130)
            @Nullable
            String matching) {}

    /** One table. */
    record Entry(
            @Description("The name of the table in SQL notation, with its schema.")
            String table,

            @Description("table, view, materialized view, foreign table or partitioned table.")
            String kind,

            @Description("The planner's estimate of the number of rows; absent if there are no statistics.")
            @Name("estimated_rows")
            @Nullable
            Long estimatedRows,

            @Description("The comment on the table, truncated to 300 characters.") @Nullable
            String comment) {

        static Entry of(TableName table) {
            return new Entry(SqlName.of(table), table.kind(), estimate(table), truncate(table.comment()));
        }
    }

    private static @Nullable String truncate(@Nullable String comment) {
        if (comment == null || comment.codePointCount(0, comment.length()) <= MAX_COMMENT_LENGTH) {
            return comment;
        }
        return comment.substring(0, comment.offsetByCodePoints(0, MAX_COMMENT_LENGTH)) + "...";
    }

    /** Returns the tables whose name contains the text; all tables if the text is null. */
    static ListTablesResult of(List<TableName> tables, @Nullable String matching) {
        var wanted = matching == null ? "" : matching.toLowerCase(Locale.ROOT);
        var lines = tables.stream()
                .map(Entry::of)
                .filter(line -> line.table().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        return lines.size() <= MAX_TABLES
                ? new ListTablesResult(lines, null)
                : new ListTablesResult(lines.subList(0, MAX_TABLES), lines.size() - MAX_TABLES);
    }

    /** Returns the planner's estimate, or null. */
    static @Nullable Long estimate(TableName table) {
        return table.rows() < 0 ? null : table.rows();
    }
}
