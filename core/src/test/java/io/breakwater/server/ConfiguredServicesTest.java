package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryNameService;
import io.breakwater.port.memory.MemoryServiceTransport;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredServicesTest {
    private static final ServiceRequest REQUEST = new ServiceRequest("GET", "/x", Map.of(), null, new byte[0], null);

    private final MemoryServiceTransport transport =
            new MemoryServiceTransport().instance("http://a", MemoryServiceTransport.status(200));

    private ConfiguredServices services(String... names) {
        var settings = List.of(names).stream()
                .map(name -> ServiceSettings.of(name, ServiceInstances.of("http://a")))
                .toList();
        return ConfiguredServices.of(settings, transport, new MemoryNameService());
    }

    @Test
    void workWithTheServerThatTheyWereGivenTo() {
        var services = services("orders");
        try (var server = Breakwater.named("shop").services(services).build()) {
            assertThat(server).isNotNull();
            assertThat(services.call("orders", REQUEST, ManualCallContext.unhurried()))
                    .isInstanceOf(ServiceOutcome.Response.class);
            assertThat(services.list()).hasSize(1);
        }
    }

    @Test
    void workWithNoServerAndWithTwoServersNot() {
        var services = services("orders");
        assertThatThrownBy(services::list)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("These services belong to no server.");
        try (var first = Breakwater.named("shop").services(services).build()) {
            assertThat(first).isNotNull();
            var second = Breakwater.named("shop").services(services);
            assertThatThrownBy(second::build).hasMessageContaining("belong to another server");
        }
    }

    @Test
    void haveDifferentNames() {
        assertThatThrownBy(() -> services("orders", "orders")).hasMessage("Two services have the name orders.");
    }
}
