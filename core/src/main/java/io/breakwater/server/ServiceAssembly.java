package io.breakwater.server;

import io.breakwater.core.business.health.Health;
import io.breakwater.core.data.service.ServiceRegistry;
import io.breakwater.port.MetricSink;
import io.breakwater.server.execution.ServerExecutors;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates and connects the components of the HTTP services. */
final class ServiceAssembly implements AutoCloseable {
    private final @Nullable ServiceRegistry registry;

    ServiceAssembly(BreakwaterBuilder builder, ServerExecutors executors, MetricSink metrics, Health health) {
        var services = services(builder).orElse(null);
        if (services == null) {
            registry = null;
            return;
        }
        registry = new ServiceRegistry(services.settings(), services.transport(), services.names(), executors);
        services.connect(registry);
        registry.bindTo(metrics);
        registry.dependencies().forEach(dependency -> health.register(dependency));
    }

    /** Returns the services of the builder or of its packs; they are the same, because a server checks one list of services. */
    private static Optional<ConfiguredServices> services(BreakwaterBuilder builder) {
        var ofPacks = builder.packs.stream().flatMap(pack -> Stream.ofNullable(ofPack(pack)));
        var all = Stream.concat(Stream.ofNullable(builder.services), ofPacks)
                .distinct()
                .toList();
        if (all.size() > 1) {
            throw new IllegalArgumentException("The server " + builder.name
                    + " has several ConfiguredServices. Pass the" + " same object to services(...) and to all packs.");
        }
        return all.stream().findFirst();
    }

    private static @Nullable ConfiguredServices ofPack(BuiltInPack pack) {
        var services = switch (pack) {
            case BuiltInPack.HttpServices(var used) -> used;
            case BuiltInPack.Orders orders -> orders.services();
            default -> null;
        };
        return services instanceof ConfiguredServices configured ? configured : null;
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
