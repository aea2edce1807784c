package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryNameService;
import io.breakwater.port.memory.MemoryServiceTransport;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
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
    void workWithTheServerWhosePackUsesThem() {
        var services = services("orders");
        try (var server = Breakwater.named("shop")
                        .pack(new BuiltInPack.HttpServices(services))
                        .build();
                var client = InMemoryClient.of(server)) {
            var listed = client.call("list_services").structured();

            assertThat(listed.toString()).contains("\"name\":\"orders\"");
            assertThat(services.call("orders", REQUEST, ManualCallContext.unhurried()))
                    .isInstanceOf(ServiceOutcome.Response.class);
        }
    }

    @Test
    void aServerHasOneObjectWithServices() {
        var builder = Breakwater.named("shop")
                .services(services("orders"))
                .pack(new BuiltInPack.HttpServices(services("users")));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The server shop has several ConfiguredServices. Pass the same object to services(...) and to"
                                + " all packs.");
    }

    @Test
    void fixedInstancesNeedNoNameService() {
        var settings = ServiceSettings.of("orders", ServiceInstances.of("http://a"));
        var services = ConfiguredServices.of(List.of(settings), transport);
        try (var server = Breakwater.named("shop").services(services).build()) {
            assertThat(server).isNotNull();
            assertThat(services.call("orders", REQUEST, ManualCallContext.unhurried()))
                    .isInstanceOf(ServiceOutcome.Response.class);
        }
    }

    @Test
    void instancesInTheDnsNeedANameService() {
        var instances = List.of(
                new ServiceInstances.Dns(ServiceOrigin.parse("http://a.internal")),
                new ServiceInstances.Srv(false, "_http._tcp.a.internal"));

        assertThat(instances).allSatisfy(one -> {
            var settings = List.of(ServiceSettings.of("orders", one));
            assertThatThrownBy(() -> ConfiguredServices.of(settings, transport))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The instances of the service orders are in the DNS. Pass");
        });
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
