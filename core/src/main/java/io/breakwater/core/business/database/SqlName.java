package io.breakwater.core.business.database;

import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.regex.Pattern;

/** The names of tables in SQL, with their schema, and in quotes where they need them. */
public final class SqlName {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    private SqlName() {}

    /** Returns the SQL name of a table, such as {@code public.orders} or {@code shop."Order Items"}. */
    public static String of(TableName table) {
        return of(table.schema(), table.name());
    }

    /** Returns the SQL name for a schema and a table name, both without quotes. */
    public static String of(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    /** Returns the SQL name for a table name without quotes. */
    static String of(String name) {
        return quoted(name);
    }

    /** Returns the SQL name of a table without its schema. */
    public static String withoutSchema(TableName table) {
        return quoted(table.name());
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
