package io.breakwater.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.breakwater.adapter.postgres.database.PostgresDatabase;
import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.bootstrap.account.Argon2PasswordHasher;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.LocalTokens;
import io.breakwater.bootstrap.config.YamlWriter;
import io.breakwater.bootstrap.lifecycle.ProgramControls;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.ConfiguredServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Provides the packs that are switched on. */
@Module
final class PackModule {
    private PackModule() {}

    @Provides
    static List<BuiltInPack> packs(
            Configuration configuration,
            Optional<PostgresDatabase> database,
            Optional<PostgresStore> store,
            ServiceConnections connections,
            ProgramControls controls) {
        var settings = configuration.settings();
        var packs = new ArrayList<BuiltInPack>();
        if (settings.packs().data()) {
            packs.add(new BuiltInPack.ProcessData(settings.processing()));
            store.ifPresent(opened -> packs.add(new BuiltInPack.Documents(opened.documents(), settings.documents())));
        }
        if (settings.packs().users()) {
            store.ifPresent(opened -> packs.add(new BuiltInPack.Users(opened.users())));
        }
        connections.services().ifPresent(services -> packs.addAll(servicePacks(settings, services, store)));
        if (settings.packs().database()) {
            database.ifPresent(guarded -> packs.add(new BuiltInPack.Database(guarded, guarded, settings.queries())));
        }
        if (settings.packs().auth()) {
            store.ifPresent(opened -> packs.add(authPack(settings, opened)));
        }
        if (settings.packs().admin()) {
            packs.add(new BuiltInPack.Administration(
                    controls::setLogLevel, controls::reloadConfiguration, controls::drain));
        }
        if (settings.packs().system()) {
            packs.add(new BuiltInPack.SystemInfo(() -> YamlWriter.effective(configuration.publicSections())));
        }
        if (settings.packs().batch()) {
            packs.add(new BuiltInPack.Batch());
        }
        return packs;
    }

    private static List<BuiltInPack> servicePacks(
            BreakwaterSettings settings, ConfiguredServices services, Optional<PostgresStore> store) {
        var packs = new ArrayList<BuiltInPack>();
        if (settings.packs().services()) {
            packs.add(new BuiltInPack.HttpServices(services));
        }
        if (settings.packs().orders()) {
            store.ifPresent(opened -> packs.add(new BuiltInPack.Orders(services, opened.orders(), settings.orders())));
        }
        return packs;
    }

    private static BuiltInPack authPack(BreakwaterSettings settings, PostgresStore store) {
        var auth = settings.auth();
        return new BuiltInPack.Auth(
                store.accounts(),
                store.loginFailures(),
                new Argon2PasswordHasher(),
                LocalTokens.issuer(auth).orElseThrow(),
                auth.tokenLifetime());
    }
}
