package io.breakwater.core.data.service;

import io.breakwater.port.contract.ServicesContract;
import io.breakwater.port.driven.Services;
import io.breakwater.port.memory.MemoryNameService;
import io.breakwater.port.memory.MemoryServiceTransport;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceRetries;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

class ServiceRegistryContractTest extends ServicesContract {
    private final ServerExecutors executors = ServerExecutors.standard();

    @AfterEach
    void close() {
        executors.close();
    }

    @Override
    protected Services services(MemoryServiceTransport transport) {
        List<ServiceSettings> settings = Stream.of("users", "orders")
                .map(name -> ServiceSettings.of(name, ServiceInstances.of("http://" + name))
                        .withHealthCheck(null)
                        .withRetries(new ServiceRetries(3, Duration.ofMillis(1), 10)))
                .toList();
        return new ServiceRegistry(settings, transport, new MemoryNameService(), executors);
    }
}
