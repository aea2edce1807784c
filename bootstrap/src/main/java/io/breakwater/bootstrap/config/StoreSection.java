package io.breakwater.bootstrap.config;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.store.StoreSettings;
import java.time.Duration;

/** How the store is written in a configuration. */
final class StoreSection {
    private static final StoreSettings STANDARD =
            StoreSettings.at(ConnectionString.of("postgresql://localhost/postgres"));

    private static final Setting<ConnectionString> URL = Setting.connection("url")
            .alsoFrom("STORE_URL")
            .means(
                    "Where our own tables are, and the role they belong to: another one than that of `database.url`, which"
                            + " must not be able to read them. Without it what needs a store is absent: users and documents.");

    private static final Setting<String> SCHEMA = Setting.text(
                    "schema", "[a-z_][a-z0-9_]{0,62}", "up to 63 lower-case letters, digits and underscores")
            .byDefault(STANDARD.schema())
            .means("The schema of that database that holds them; made when it is missing.");

    private static final Setting<Duration> RETRY_AFTER = Setting.duration(
                    "retry-after", Duration.ofMillis(100), Duration.ofMinutes(5))
            .byDefault(STANDARD.retryAfter())
            .means("How long after a failed attempt to connect the next one comes.");

    private static final Setting<Boolean> REQUIRED = Setting.flag("required")
            .byDefault(false)
            .means("Whether clients are kept away (`/ready` says no) while it is down.");

    private StoreSection() {}

    static Backend<StoreSettings> read(SectionReader store) {
        var url = store.find(URL);
        var schema = store.get(SCHEMA);
        var retryAfter = store.get(RETRY_AFTER);
        boolean required = store.get(REQUIRED);
        var pool = PoolSection.read(store.section("pool", "Connections to the store."), STANDARD.pool());
        return Backend.of(
                url == null ? null : store.made(() -> new StoreSettings(url, schema, pool, retryAfter), STANDARD),
                required);
    }
}
