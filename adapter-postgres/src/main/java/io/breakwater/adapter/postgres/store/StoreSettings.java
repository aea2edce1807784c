package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Everything that can be chosen about a {@link PostgresStore}.
 *
 * @param url where it is, and the role it belongs to
 * @param schema the schema of that database it lives in; made when it is missing
 * @param pool how many connections it may have
 * @param retryAfter how long after a failed attempt to connect the next one comes
 */
public record StoreSettings(ConnectionString url, String schema, PoolSettings pool, Duration retryAfter) {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** Refuses what could never work. */
    public StoreSettings {
        if (!NAME.matcher(schema).matches()) {
            throw new IllegalArgumentException(
                    "The store's schema has a name of up to 63 lower-case letters, digits and"
                            + " underscores that begins with no digit, for instance breakwater.");
        }
        if (schema.equals("public") || schema.startsWith("pg_") || schema.equals("information_schema")) {
            throw new IllegalArgumentException(
                    "The store needs a schema of its own, which " + schema + " is not; take for instance breakwater.");
        }
        if (!retryAfter.isPositive()) {
            throw new IllegalArgumentException("Between two attempts to reach the store some time must pass.");
        }
    }

    /** At that address: in the schema {@code breakwater}, with 5 to 20 connections, tried again every 2 s. */
    public static StoreSettings at(ConnectionString url) {
        return new StoreSettings(url, "breakwater", PoolSettings.of(5, 20), Duration.ofSeconds(2));
    }

    /** The schema as SQL writes it, also when it is named like a word of SQL. */
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
