package io.breakwater.adapter.postgres.connection;

import static java.util.stream.Collectors.joining;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that we apply to each connection, regardless of those of the server, the database and the role. They
 * determine the meaning of statements, the format of values, and time limits. {@code DISCARD ALL} resets them, so they
 * are applied again after it.
 */
public record SessionSettings(Map<String, String> settings) {

    /** Copies the settings. */
    public SessionSettings {
        settings = Map.copyOf(settings);
    }

    /** No settings, for connections on which only our own statements run. */
    public static SessionSettings none() {
        return new SessionSettings(Map.of());
    }

    /**
     * Settings for connections on which callers' statements run.
     *
     * @param readOnly whether transactions are read-only by default
     * @param searchPath the schemas in which the server finds tables without a schema; empty for the role's search path
     * @param statementTimeout the time limit of statements that have no other limit
     * @param lockTimeout how long a statement waits for a lock
     */
    public static SessionSettings forCallers(
            boolean readOnly, List<String> searchPath, Duration statementTimeout, Duration lockTimeout) {
        var settings = new LinkedHashMap<>(FIXED_SETTINGS);
        settings.put("default_transaction_read_only", readOnly ? "on" : "off");
        settings.put("statement_timeout", Long.toString(statementTimeout.toMillis()));
        settings.put("lock_timeout", Long.toString(lockTimeout.toMillis()));
        if (!searchPath.isEmpty()) {
            settings.put(
                    "search_path",
                    searchPath.stream().map(SessionSettings::quote).collect(joining(", ")));
        }
        return new SessionSettings(settings);
    }

    private static final Map<String, String> FIXED_SETTINGS = Map.ofEntries(
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
            // No component reads messages, and a function can raise any number of them.
            Map.entry("client_min_messages", "error"),
            Map.entry("idle_in_transaction_session_timeout", "10000"),
            // A statement ends within this time after its client has disconnected.
            Map.entry("client_connection_check_interval", "1000"));

    /** The statements that apply the settings. */
    List<BoundStatement> statements() {
        return settings.entrySet().stream()
                .map(setting -> BoundStatement.of("SET " + setting.getKey() + " TO "
                        + (setting.getKey().equals("search_path") ? setting.getValue() : literal(setting.getValue()))))
                .toList();
    }

    /** The statements as one text, separated by semicolons. */
    String script() {
        return statements().stream().map(BoundStatement::sql).collect(joining("; "));
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
