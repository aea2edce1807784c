package io.breakwater.adapter.postgres.catalog;

import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the tables that the role of a connection may read. */
public final class TableCatalogReader {
    private static final int PAGE_SIZE = 1_000;

    private static final String COLUMNS = """
            SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
                   pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
                   CASE c.relkind WHEN 'v' THEN -1 ELSE c.reltuples END AS rows
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p')
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
            """;

    /** Excludes partitions, because their partitioned table is in the result. */
    private static final String ALL = COLUMNS + """
               AND NOT c.relispartition AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
               AND (n.nspname, c.relname) > (?, ?)
             ORDER BY n.nspname, c.relname LIMIT ?
            """;

    private static final String ONE = COLUMNS + """
               AND c.relname = ?
               AND CASE WHEN ?::text IS NULL THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = ? END
            """;

    private TableCatalogReader() {}

    /** Returns all tables by schema and name, without system tables and partitions. */
    public static List<TableName> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<TableName>();
        var page = page(connection, "", "");
        tables.addAll(page);
        while (page.size() == PAGE_SIZE) {
            page = page(connection, page.getLast().schema(), page.getLast().name());
            tables.addAll(page);
        }
        return tables;
    }

    private static List<TableName> page(Connection connection, String schema, String name) throws SQLException {
        try (var statement = connection.prepareStatement(ALL)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            statement.setInt(3, PAGE_SIZE);
            try (var rows = statement.executeQuery()) {
                var page = new ArrayList<TableName>();
                while (rows.next()) {
                    page.add(name(rows));
                }
                return page;
            }
        }
    }

    /** Returns the table with this name in SQL syntax; empty when there is none that the role may read. */
    public static Optional<Table> table(Connection connection, String written) throws SQLException {
        var wanted = QuotedName.parse(written);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        try (var statement = connection.prepareStatement(ONE)) {
            statement.setString(1, wanted.get().name());
            statement.setString(2, wanted.get().schema());
            statement.setString(3, wanted.get().schema());
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new TableDetails(connection, rows.getLong("oid")).of(name(rows)))
                        : Optional.empty();
            }
        }
    }

    private static TableName name(ResultSet row) throws SQLException {
        return new TableName(
                row.getString("schema"),
                row.getString("name"),
                kind(row.getString("kind")),
                row.getString("comment"),
                (long) row.getDouble("rows"));
    }

    private static String kind(String letter) {
        return switch (letter) {
            case "v" -> "view";
            case "m" -> "materialized view";
            case "f" -> "foreign table";
            case "p" -> "partitioned table";
            default -> "table";
        };
    }
}
