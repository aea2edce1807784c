package io.breakwater.bootstrap.wiring;

import io.breakwater.adapter.postgres.database.PostgresDatabase;
import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.adapter.redis.RedisServices;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.server.BreakwaterBuilder;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;

/** The backends of the server, which it checks, includes in its metrics, and closes after itself. */
@Singleton
final class BackendRegistry {
    private final BreakwaterSettings settings;
    private final Optional<PostgresDatabase> database;
    private final Optional<PostgresStore> store;
    private final Optional<RedisServices> redis;

    @Inject
    BackendRegistry(
            BreakwaterSettings settings,
            Optional<PostgresDatabase> database,
            Optional<PostgresStore> store,
            Optional<RedisServices> redis) {
        this.settings = settings;
        this.database = database;
        this.store = store;
        this.redis = redis;
    }

    void addTo(BreakwaterBuilder builder) {
        database.ifPresent(guarded -> builder.metrics(guarded::bindMetrics)
                .onClose(guarded)
                .dependency(guarded.dependency(settings.database().need()))
                .dependency(guarded.backends()));
        store.ifPresent(opened -> builder.metrics(opened::bindMetrics)
                .onClose(opened)
                .quotaStore(opened.quotas())
                .idempotency(opened.idempotency())
                .dependency(opened.dependency(settings.store().need())));
        redis.ifPresent(shared -> builder.metrics(shared::bindMetrics)
                .onClose(shared)
                .cacheDependency(shared.dependency(settings.redis().need()))
                .cache(shared.cacheStore())
                .eventBus(shared.eventBus())
                .leases(shared.leases())
                .nonces(shared.nonces())
                .sharedRateLimits(shared.rateLimits()));
    }
}
