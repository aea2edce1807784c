package io.breakwater.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ServerSettings;
import io.breakwater.bootstrap.management.MetricsPage;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.HostGauges;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.BuiltInPack;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.inject.Singleton;

/** Provides the server. */
@Module
final class ServerModule {
    private ServerModule() {}

    @Provides
    static BreakwaterSettings settings(Configuration configuration) {
        return configuration.settings();
    }

    @Provides
    @Singleton
    static Breakwater server(
            Configuration configuration,
            BreakwaterSettings settings,
            List<BuiltInPack> packs,
            HostGauges gauges,
            BackendRegistry backends,
            ServiceConnections services,
            Authentication authentication,
            Audit audit,
            List<Dependency> watched,
            Optional<MetricsPage> metrics,
            CallRecording recording) {
        var builder = builder(settings.server())
                .environment(settings.environment())
                .limits(settings.limits())
                .concurrency(settings.concurrency())
                .rateLimits(settings.rateLimits())
                .quotas(settings.quotas())
                .memory(settings.memory())
                .settingNames(configuration::nameOf)
                .capacity(settings.capacity())
                .cacheSettings(settings.cache())
                .idempotencySettings(settings.idempotency())
                .deployment(settings.server().deployment())
                .requestLogging(settings.log().requests())
                .health(settings.health())
                .accessRules(settings.access())
                .confirmationFallback(settings.confirm())
                .hostGauges(gauges);
        packs.forEach(builder::pack);
        watched.forEach(builder::dependency);
        backends.addTo(builder);
        services.addTo(builder);
        authentication.addTo(builder);
        if (recording == CallRecording.CONFIGURED) {
            audit.addTo(builder);
        }
        metrics.ifPresent(page -> addTo(builder, page));
        return builder.build();
    }

    @Provides
    static CallerReport callers(Authentication authentication) {
        return authentication.report();
    }

    private static void addTo(BreakwaterBuilder builder, MetricsPage page) {
        builder.meterRegistry(page.registry()).onClose(page);
        page.resources().forEach(builder::httpResource);
    }

    private static BreakwaterBuilder builder(ServerSettings server) {
        var builder = Breakwater.named(server.name()).version(server.version()).instructions(server.instructions());
        if (server.title() != null) {
            builder.title(server.title());
        }
        server.secrets().forEach(secret -> builder.secret(secret.reveal().getBytes(StandardCharsets.UTF_8)));
        return builder;
    }
}
