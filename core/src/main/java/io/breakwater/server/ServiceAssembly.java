package io.breakwater.server;

import io.breakwater.core.business.health.Health;
import io.breakwater.core.data.service.ServiceRegistry;
import io.breakwater.port.MetricSink;
import io.breakwater.server.execution.ServerExecutors;
import org.jspecify.annotations.Nullable;

/** Creates and connects the components of the HTTP services. */
final class ServiceAssembly implements AutoCloseable {
    private final @Nullable ServiceRegistry registry;

    ServiceAssembly(BreakwaterBuilder builder, ServerExecutors executors, MetricSink metrics, Health health) {
        var services = builder.services;
        if (services == null) {
            registry = null;
            return;
        }
        registry = new ServiceRegistry(services.settings(), services.transport(), services.names(), executors);
        services.connect(registry);
        registry.bindTo(metrics);
        registry.dependencies().forEach(dependency -> health.register(dependency));
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
