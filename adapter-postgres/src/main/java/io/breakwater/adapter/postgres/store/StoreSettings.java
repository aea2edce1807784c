package io.breakwater.adapter.postgres.store;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings of a {@link PostgresStore}.
 *
 * @param url the address of the database, and the role of the store
 * @param schema the schema of the store in this database; created when it is missing
 * @param pool the settings of the connection pool
 * @param retryAfter the pause after a failed attempt to connect
 */
public record StoreSettings(ConnectionString url, String schema, PoolSettings pool, Duration retryAfter) {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** Refuses values that cannot work. */
    public StoreSettings {
        notNull(url, "StoreSettings.url");
        notNull(pool, "StoreSettings.pool");
        check(
                NAME.matcher(notNull(schema, "StoreSettings.schema")).matches(),
                "schema must be 1 to 63 lower-case letters, digits and underscores and must not begin with a digit,"
                        + " for example breakwater.");
        check(
                !schema.equals("public") && !schema.startsWith("pg_") && !schema.equals("information_schema"),
                "schema must not be " + schema + ", because the store needs its own; use for example breakwater.");
        positive(retryAfter, "StoreSettings.retryAfter");
    }

    /** Settings with the schema {@code breakwater}, 5 to 20 connections, and a retry every 2 s. */
    public static StoreSettings forUrl(ConnectionString url) {
        return new StoreSettings(url, "breakwater", PoolSettings.of(5, 20), Duration.ofSeconds(2));
    }

    /** The schema as a quoted identifier, because its name may be a key word. */
    String quotedSchema() {
        return '"' + schema + '"';
    }

    /** These settings with another schema. */
    public StoreSettings withSchema(String schema) {
        return new StoreSettings(url, schema, pool, retryAfter);
    }

    /** These settings with another pool. */
    public StoreSettings withPool(PoolSettings pool) {
        return new StoreSettings(url, schema, pool, retryAfter);
    }

    /** These settings with another pause between attempts to connect. */
    public StoreSettings withRetryAfter(Duration retryAfter) {
        return new StoreSettings(url, schema, pool, retryAfter);
    }
}
