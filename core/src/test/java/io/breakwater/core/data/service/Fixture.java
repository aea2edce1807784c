package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.memory.MemoryNameService;
import io.breakwater.port.memory.MemoryServiceTransport;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.ServiceBreaker;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceRetries;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A registry with one service of instances in memory, in real time. */
final class Fixture implements AutoCloseable {
    static final String A = "http://a:1";
    static final String B = "http://b:1";
    static final String C = "http://c:1";
    static final String D = "http://d:1";

    final MemoryServiceTransport transport = new MemoryServiceTransport();
    final MemoryNameService names = new MemoryNameService();
    final ServerExecutors executors = ServerExecutors.standard();
    final ServiceRegistry registry;
    private final Map<String, DoubleSupplier> metrics = new HashMap<>();

    Fixture(ServiceSettings... services) {
        registry = new ServiceRegistry(List.of(services), transport, names, executors);
        registry.bindTo(new MetricSink() {
            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                metrics.put(name + labels.getOrDefault("state", ""), value);
            }

            @Override
            public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                metrics.put(name + labels.getOrDefault("outcome", ""), value);
            }
        });
    }

    /** Returns the value of a metric with this outcome or state; empty for a metric with neither. */
    double metric(String name, String label) {
        return Objects.requireNonNull(metrics.get(name + label)).getAsDouble();
    }

    /** Settings with short times, no health checks, and no limit on retries in total. */
    static ServiceSettings service(String... instances) {
        return ServiceSettings.of("orders", ServiceInstances.of(instances))
                .withHealthCheck(null)
                .withAttemptTimeout(Duration.ofMillis(100))
                .withRetries(new ServiceRetries(3, Duration.ofMillis(4), 100))
                .withBreaker(new ServiceBreaker(5, Duration.ofMinutes(1)));
    }

    static ServiceRequest request(String method, @Nullable String key) {
        return new ServiceRequest(method, "/x", Map.of(), null, new byte[0], key);
    }

    ServiceOutcome get() {
        return call(request("GET", null), TestContext.unhurried());
    }

    ServiceOutcome post() {
        return call(request("POST", null), TestContext.unhurried());
    }

    ServiceOutcome call(ServiceRequest request, CallContext context) {
        return registry.call("orders", request, context);
    }

    /** Calls on another thread. */
    CompletableFuture<ServiceOutcome> start(ServiceRequest request, CallContext context) {
        return CompletableFuture.supplyAsync(() -> call(request, context), executors.virtualThreads());
    }

    int sent() {
        return transport.sent("/x").size();
    }

    @Override
    public void close() {
        registry.close();
        executors.close();
    }
}
