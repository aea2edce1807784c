package io.breakwater.bootstrap.config;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.store.StoreSettings;
import java.time.Duration;

/** Reads the settings of the store from a configuration. */
final class StoreSection {
    private static final StoreSettings STANDARD =
            StoreSettings.forUrl(ConnectionString.of("postgresql://localhost/postgres"));

    private static final Setting<ConnectionString> URL = Setting.connection("url")
            .alsoFrom("STORE_URL")
            .description("The URL of the store, with the role that owns its tables. The role of `database.url` must be"
                    + " a different one and must not be able to read these tables. Without this setting there are no"
                    + " users and no documents.");

    private static final Setting<String> SCHEMA = Setting.text(
                    "schema", "[a-z_][a-z0-9_]{0,62}", "up to 63 lower-case letters, digits and underscores")
            .byDefault(STANDARD.schema())
            .description("The schema of the store's tables; created when it is missing.");

    private static final Setting<Duration> RETRY_AFTER = Setting.duration(
                    "retry-after", Duration.ofMillis(100), Duration.ofMinutes(5))
            .byDefault(STANDARD.retryAfter())
            .description("The time between a failed attempt to connect and the next one.");

    private static final Setting<Boolean> REQUIRED = Setting.flag("required")
            .byDefault(false)
            .description("Whether the server is not ready (`/ready`) while the store is down.");

    private StoreSection() {}

    static Backend<StoreSettings> read(SectionReader store) {
        var url = store.find(URL);
        var schema = store.get(SCHEMA);
        var retryAfter = store.get(RETRY_AFTER);
        boolean required = store.get(REQUIRED);
        var pool = PoolSection.read(store.section("pool", "The connection pool for the store."), STANDARD.pool());
        return Backend.of(
                url == null ? null : store.create(() -> new StoreSettings(url, schema, pool, retryAfter), STANDARD),
                required);
    }
}
