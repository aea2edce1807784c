package io.breakwater.core.business.database;

import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.regex.Pattern;

/** Tables' names as SQL writes them: with their schema, in quotes where they would mean something else without. */
public final class SqlName {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    private SqlName() {}

    /** {@code public.orders}, {@code shop."Order Items"}. */
    public static String of(TableName table) {
        return of(table.schema(), table.name());
    }

    /** The same of a schema and a name, both without quotes. */
    public static String of(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
