package io.breakwater.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.breakwater.adapter.postgres.database.PostgresDatabase;
import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.adapter.redis.RedisServices;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.SettingKeys;
import io.breakwater.bootstrap.host.MachineGauges;
import io.breakwater.port.driven.HostGauges;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Singleton;

/** Provides the driven ports of the server. */
@Module
final class PortModule {
    private PortModule() {}

    @Provides
    static HostGauges gauges() {
        return MachineGauges.at(Path.of(""));
    }

    @Provides
    @Singleton
    static Optional<PostgresDatabase> database(BreakwaterSettings settings) {
        return Optional.ofNullable(settings.database().settings())
                .map(chosen -> PostgresDatabase.open(chosen, SettingKeys::keyOf));
    }

    @Provides
    @Singleton
    static Optional<PostgresStore> store(BreakwaterSettings settings) {
        return Optional.ofNullable(settings.store().settings())
                .map(chosen -> PostgresStore.open(chosen, SettingKeys::keyOf));
    }

    @Provides
    @Singleton
    static Optional<RedisServices> redis(BreakwaterSettings settings) {
        return Optional.ofNullable(settings.redis().settings())
                .map(chosen -> RedisServices.open(chosen, SettingKeys::keyOf));
    }
}
