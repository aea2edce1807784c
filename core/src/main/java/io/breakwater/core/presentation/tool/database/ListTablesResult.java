package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.SqlName;
import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Name;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables that may be read. */
record ListTablesResult(
        @Description("The tables, by schema and name.") List<Line> tables,

        @Description("How many more there are that are not shown; absent when these are all.") @Nullable
        Integer omitted) {
    private static final int MOST = 1_000;
    private static final int LONGEST_COMMENT = 300;

    /** What {@code list_tables} is called with. */
    record Arguments(
            @Description("Only tables whose name, with its schema, holds this text; upper and lower case are the same.")
            @Length(max = 130)
            @Nullable
            String matching) {}

    /** One of them. */
    record Line(
            @Description("Its name as SQL writes it, with its schema.")
            String table,

            @Description("table, view, materialized view, foreign table or partitioned table.")
            String kind,

            @Description("How many rows the planner believes it has; absent when nobody has counted.")
            @Name("estimated_rows")
            @Nullable
            Long estimatedRows,

            @Description("What its owner says about it, or the beginning of it.") @Nullable
            String comment) {

        static Line of(TableName table) {
            return new Line(SqlName.of(table), table.kind(), estimate(table), beginning(table.comment()));
        }
    }

    private static @Nullable String beginning(@Nullable String comment) {
        if (comment == null || comment.codePointCount(0, comment.length()) <= LONGEST_COMMENT) {
            return comment;
        }
        return comment.substring(0, comment.offsetByCodePoints(0, LONGEST_COMMENT)) + "...";
    }

    /** Those of them whose name holds the text; all when it is null. */
    static ListTablesResult of(List<TableName> tables, @Nullable String matching) {
        var wanted = matching == null ? "" : matching.toLowerCase(Locale.ROOT);
        var lines = tables.stream()
                .map(Line::of)
                .filter(line -> line.table().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        return lines.size() <= MOST
                ? new ListTablesResult(lines, null)
                : new ListTablesResult(lines.subList(0, MOST), lines.size() - MOST);
    }

    /** What the planner believes, or null. */
    static @Nullable Long estimate(TableName table) {
        return table.rows() < 0 ? null : table.rows();
    }
}
