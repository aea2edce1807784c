package io.breakwater.core.business.database;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a table as it is written in SQL, read without a database: with or without quotes, spaces and upper
 * case, and perhaps without a schema, which only the database knows then.
 *
 * @param schema the schema, without quotes; empty if the name has none
 * @param table the name of the table, without quotes
 */
public record WrittenName(String schema, String table) {
    private static final String PART = "\\s*(\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)\\s*";
    private static final Pattern SYNTAX = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    /** Reads a name; empty if it is not one of a table in the present database. */
    public static Optional<WrittenName> parse(String text) {
        var parts = SYNTAX.matcher(text);
        return parts.matches()
                ? Optional.of(new WrittenName(parts.group(1) == null ? "" : part(parts.group(1)), part(parts.group(2))))
                : Optional.empty();
    }

    private static String part(String written) {
        return written.startsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
    }

    /** Returns whether the name has a schema, so that it names one table whatever the settings of the database are. */
    public boolean hasSchema() {
        return !schema.isEmpty();
    }

    /** Returns the name in the notation of {@code list_tables}; with a schema only if it has one. */
    public String normalized() {
        return hasSchema() ? SqlName.of(schema, table) : withoutSchema();
    }

    /** Returns the name without the schema, in the notation of {@code list_tables}. */
    public String withoutSchema() {
        return SqlName.of(table);
    }
}
