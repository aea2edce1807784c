package io.breakwater.adapter.postgres.connection;

import static java.util.stream.Collectors.joining;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that a session of ours has whatever the server, the database and the role say: those that change what a
 * statement means or what a value looks like, and those that end what takes too long. {@code DISCARD ALL} undoes them,
 * so they are set again after it.
 */
public record SessionSettings(Map<String, String> settings) {

    /** Copies the settings. */
    public SessionSettings {
        settings = Map.copyOf(settings);
    }

    /** For sessions in which only our own statements run. */
    public static SessionSettings none() {
        return new SessionSettings(Map.of());
    }

    /**
     * For sessions in which statements of strangers run.
     *
     * @param readOnly whether transactions only read unless they say otherwise
     * @param searchPath where tables without a schema are looked for; empty for the role's own
     * @param statementTime after which a statement ends that has no other limit
     * @param lockTime how long one waits for a lock
     */
    public static SessionSettings forStrangers(
            boolean readOnly, List<String> searchPath, Duration statementTime, Duration lockTime) {
        var settings = new LinkedHashMap<>(FORMS);
        settings.put("default_transaction_read_only", readOnly ? "on" : "off");
        settings.put("statement_timeout", Long.toString(statementTime.toMillis()));
        settings.put("lock_timeout", Long.toString(lockTime.toMillis()));
        if (!searchPath.isEmpty()) {
            settings.put(
                    "search_path",
                    searchPath.stream().map(SessionSettings::quoted).collect(joining(", ")));
        }
        return new SessionSettings(settings);
    }

    private static final Map<String, String> FORMS = Map.ofEntries(
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("backslash_quote", "safe_encoding"),
            Map.entry("transform_null_equals", "off"),
            Map.entry("array_nulls", "on"),
            Map.entry("quote_all_identifiers", "off"),
            Map.entry("DateStyle", "ISO, MDY"),
            Map.entry("IntervalStyle", "iso_8601"),
            Map.entry("TimeZone", "UTC"),
            Map.entry("bytea_output", "hex"),
            Map.entry("extra_float_digits", "1"),
            Map.entry("xmlbinary", "base64"),
            Map.entry("xmloption", "content"),
            Map.entry("lc_monetary", "C"),
            Map.entry("lc_numeric", "C"),
            Map.entry("lc_time", "C"),
            Map.entry("row_security", "on"),
            Map.entry("default_transaction_isolation", "read committed"),
            Map.entry("default_transaction_deferrable", "off"),
            // Nobody reads them, and a function can raise any number.
            Map.entry("client_min_messages", "error"),
            Map.entry("idle_in_transaction_session_timeout", "10000"),
            // A statement whose client is gone ends within this time.
            Map.entry("client_connection_check_interval", "1000"));

    /** The statements that set them. */
    List<BoundStatement> statements() {
        return settings.entrySet().stream()
                .map(setting -> BoundStatement.of("SET " + setting.getKey() + " TO "
                        + (setting.getKey().equals("search_path") ? setting.getValue() : literal(setting.getValue()))))
                .toList();
    }

    /** The same as one text, with semicolons between them. */
    String script() {
        return statements().stream().map(BoundStatement::sql).collect(joining("; "));
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
