package io.breakwater.adapter.postgres.catalog;

import io.breakwater.port.driven.TableCatalog.Constraint;
import io.breakwater.port.driven.TableCatalog.ForeignKey;
import io.breakwater.port.driven.TableCatalog.Index;
import io.breakwater.port.driven.TableCatalog.Table;
import io.breakwater.port.driven.TableCatalog.TableColumn;
import io.breakwater.port.driven.TableCatalog.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns, keys, indexes and constraints of one table.
 *
 * @param table the OID of the table
 */
record TableDetails(Connection connection, long table) {
    private static final String COLUMNS = """
            SELECT a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
                   pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS value, a.attidentity AS identity,
                   a.attgenerated AS generated, pg_catalog.col_description(a.attrelid, a.attnum) AS comment
              FROM pg_catalog.pg_attribute a
              LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
               AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
             ORDER BY a.attnum
            """;

    /** Excludes the additional rows that a foreign key to a partitioned table has for each partition. */
    private static final String CONSTRAINTS = """
            SELECT k.conname AS name, k.contype AS kind, pg_catalog.pg_get_constraintdef(k.oid) AS definition,
                   n.nspname AS schema, r.relname AS referenced,
                   ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY u(number, place)
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number
                          ORDER BY u.place) AS columns,
                   ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u(number, place)
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number
                          ORDER BY u.place) AS theirs
              FROM pg_catalog.pg_constraint k
              LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
              LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
             WHERE k.conrelid = ?::oid AND k.contype IN ('p', 'f', 'u', 'c', 'x')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint o
                                WHERE o.oid = k.conparentid AND o.conrelid = k.conrelid)
             ORDER BY k.conname
            """;

    private static final String INDEXES = """
            SELECT c.relname AS name, i.indisunique AS only, pg_catalog.pg_get_indexdef(i.indexrelid) AS definition
              FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
             WHERE i.indrelid = ?::oid ORDER BY c.relname
            """;

    Table of(TableName name) throws SQLException {
        var primary = new ArrayList<String>();
        var foreign = new ArrayList<ForeignKey>();
        var constraints = new ArrayList<Constraint>();
        queryAll(CONSTRAINTS, row -> {
            switch (row.getString("kind")) {
                case "p" -> primary.addAll(texts(row, "columns"));
                case "f" -> foreign.add(foreignKey(row));
                case String kind -> constraints.add(constraint(row, kind));
            }
            return row;
        });
        return new Table(
                name,
                queryAll(COLUMNS, TableDetails::column),
                primary,
                foreign,
                queryAll(INDEXES, TableDetails::index),
                constraints);
    }

    private <T> List<T> queryAll(String sql, RowMapper<T> mapper) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, table);
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(mapper.map(rows));
                }
                return all;
            }
        }
    }

    private static TableColumn column(ResultSet row) throws SQLException {
        return new TableColumn(
                row.getString("name"),
                row.getString("type"),
                !row.getBoolean("required"),
                row.getString("value"),
                generated(row.getString("identity") + row.getString("generated")),
                row.getString("comment"));
    }

    private static @Nullable String generated(String letter) {
        return switch (letter) {
            case "a" -> "always";
            case "d" -> "by default";
            case "s" -> "stored";
            case "v" -> "virtual";
            default -> null;
        };
    }

    private static ForeignKey foreignKey(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getString("name"),
                texts(row, "columns"),
                row.getString("schema"),
                row.getString("referenced"),
                texts(row, "theirs"));
    }

    private static Constraint constraint(ResultSet row, String kind) throws SQLException {
        var name = switch (kind) {
            case "u" -> "unique";
            case "x" -> "exclude";
            default -> "check";
        };
        return new Constraint(row.getString("name"), name, row.getString("definition"));
    }

    private static Index index(ResultSet row) throws SQLException {
        return new Index(row.getString("name"), row.getBoolean("only"), row.getString("definition"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    @FunctionalInterface
    private interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}
