package io.breakwater.core.data.service;

import static io.breakwater.core.data.service.Fixture.A;
import static io.breakwater.core.data.service.Fixture.B;
import static io.breakwater.core.data.service.Fixture.request;
import static io.breakwater.core.data.service.Fixture.service;
import static io.breakwater.port.memory.MemoryServiceTransport.broken;
import static io.breakwater.port.memory.MemoryServiceTransport.frozen;
import static io.breakwater.port.memory.MemoryServiceTransport.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.Services.State;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.ServiceHealthCheck;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceRegistryTest {
    private static final ServiceHealthCheck OFTEN =
            new ServiceHealthCheck("/health", Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void listsServicesByNameWithTheirInstances() {
        var users = ServiceSettings.of("users", ServiceInstances.of(B))
                .withDescription("The users")
                .withRequestFields(List.of("X-Tenant"));
        try (var fixture = new Fixture(users, service(A).withHealthCheck(OFTEN))) {
            Eventually.holds(() -> state(fixture, 0) == State.UNHEALTHY);
            var list = fixture.registry.list();

            assertThat(list).extracting(one -> one.name()).containsExactly("orders", "users");
            assertThat(list.getLast().description()).isEqualTo("The users");
            assertThat(list.getLast().requestFields()).containsExactly("x-tenant");
            assertThat(list.getFirst().instances()).singleElement().satisfies(one -> {
                assertThat(one.origin()).isEqualTo(A);
                assertThat(one.cause()).isEqualTo("Nothing accepts connections.");
            });
            fixture.transport.instance(A, status(200));
            Eventually.holds(() -> state(fixture, 0) == State.AVAILABLE);
        }
    }

    private static State state(Fixture fixture, int service) {
        return fixture.registry.list().get(service).instances().getFirst().state();
    }

    @Test
    void refusesAServiceThatDoesNotExist() {
        try (var fixture = new Fixture(service(A))) {
            assertThatThrownBy(() -> fixture.registry.call("payments", request("GET", null), TestContext.unhurried()))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
        }
    }

    @Test
    void refusesMoreCallsThanMayRun() {
        try (var fixture = new Fixture(service(A).withLimits(2, 1_000).withAttemptTimeout(Duration.ofMinutes(1)))) {
            fixture.transport.instance(A, frozen());
            var context = TestContext.unhurried();
            var one = fixture.start(request("GET", null), context);
            var other = fixture.start(request("GET", null), context);
            Eventually.holds(() -> fixture.sent() == 2);

            assertThatThrownBy(fixture::get)
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED));
            context.cancel();
            one.join();
            other.join();
            fixture.transport.instance(A, status(200));
            assertThat(fixture.get()).isInstanceOf(Response.class);
        }
    }

    @Test
    void traceAndRequestIdTravelWithEachRequest() {
        try (var fixture = new Fixture(service(A).withRequestFields(List.of("X-Tenant")))) {
            fixture.transport.instance(A, status(200));
            var request = new ServiceRequest(
                    "GET", "/x", Map.of("X-Tenant", "t", "accept", "text/plain"), null, new byte[0], null);
            fixture.call(request, TestContext.unhurried());

            assertThat(fixture.transport.sent("/x").getFirst().request().fields())
                    .containsOnly(
                            Map.entry("X-Tenant", "t"),
                            Map.entry("accept", "text/plain"),
                            Map.entry("x-request-id", "r-1"),
                            Map.entry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        }
    }

    @Test
    void refusesFieldsThatCallersMayNotSet() {
        try (var fixture = new Fixture(service(A))) {
            for (var field : List.of("Authorization", "Host", "X-Tenant", "traceparent")) {
                var request = new ServiceRequest("GET", "/x", Map.of(field, "a"), null, new byte[0], null);
                assertThatThrownBy(() -> fixture.call(request, TestContext.unhurried()))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN));
            }
            assertThat(fixture.sent()).isZero();
        }
    }

    @Test
    void aCallWaitsForTheFirstAnswerOfTheDns() {
        var settings = service(A);
        var dns = new ServiceSettings(
                settings.name(),
                null,
                new ServiceInstances.Dns(ServiceOrigin.parse("http://orders:80")),
                settings.credentials(),
                null,
                settings.attemptTimeout(),
                settings.retries(),
                settings.breaker(),
                1,
                1_000,
                List.of(),
                true);
        try (var fixture = new Fixture(dns)) {
            fixture.transport.instance("http://orders", status(200));
            assertThat(fixture.get()).as("the name does not exist").isInstanceOf(NotDelivered.class);
        }
    }

    @Test
    void aServiceIsADependencyThatFailsWithoutAvailableInstances() throws Exception {
        try (var fixture = new Fixture(service(A).withHealthCheck(OFTEN))) {
            var dependency = fixture.registry.dependencies().getFirst();
            assertThat(dependency.name()).isEqualTo("service orders");
            Eventually.holds(() -> state(fixture, 0) == State.UNHEALTHY);

            assertThatThrownBy(() -> dependency.probe().probe(TestContext.unhurried()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("No instance of orders is available. " + A + ": Nothing accepts connections.");
            fixture.transport.instance(A, status(200));
            Eventually.holds(() -> state(fixture, 0) == State.AVAILABLE);
            assertThatCode(() -> dependency.probe().probe(TestContext.unhurried()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aServiceIsUnknownBeforeTheFirstCheckAndGetsCalls() {
        var slow = new ServiceHealthCheck("/health", Duration.ofSeconds(10), Duration.ofMinutes(1));
        try (var fixture = new Fixture(service(A).withHealthCheck(slow))) {
            fixture.transport.instance(
                    A,
                    (request, limits, context) -> request.target().equals("/health")
                            ? frozen().handle(request, limits, context)
                            : status(200).handle(request, limits, context));
            var dependency = fixture.registry.dependencies().getFirst();
            assertThatThrownBy(() -> dependency.probe().probe(TestContext.unhurried()))
                    .isInstanceOf(Dependency.UnknownStateException.class);

            assertThat(fixture.get()).isInstanceOf(Response.class);
            assertThatCode(() -> dependency.probe().probe(TestContext.unhurried()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aChangeOfAnInstanceRequestsACheckOfTheService() {
        try (var fixture = new Fixture(service(A, B))) {
            var requested = new AtomicInteger();
            var dependency = fixture.registry.dependencies().getFirst();
            dependency.signal().subscribe(requested::incrementAndGet);
            fixture.transport.instance(A, broken()).instance(B, broken());
            for (int i = 0; i < 10; i++) {
                fixture.post();
            }
            assertThat(requested).as("two breakers have opened").hasValue(2);
            assertThatThrownBy(() -> dependency.probe().probe(TestContext.unhurried()))
                    .hasMessage(
                            "None of the 2 instances of orders is available. " + A + ": Its latest calls failed: The"
                                    + " connection was closed. It is tried again after a pause.");
        }
    }

    @Test
    void aServiceWhoseNameDoesNotExistIsDownForThisReason() {
        var source = new ServiceInstances.Dns(ServiceOrigin.parse("http://missing"));
        try (var fixture = new Fixture(ServiceSettings.of("orders", source))) {
            var dependency = fixture.registry.dependencies().getFirst();
            assertThat(fixture.get()).isInstanceOf(NotDelivered.class);

            assertThatThrownBy(() -> dependency.probe().probe(TestContext.unhurried()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("No instance of orders is known. The name missing has no address. Check");
        }
    }

    @Test
    void countsRequestsByServiceAndOutcome() {
        try (var fixture = new Fixture(service(A, B))) {
            fixture.transport.instance(A, status(200)).instance(B, status(200));
            fixture.get();
            fixture.transport.instance(A, status(503)).instance(B, status(503));
            fixture.get();

            assertThat(fixture.metric("mcp_service_requests_total", "success")).isEqualTo(1);
            assertThat(fixture.metric("mcp_service_requests_total", "server_error"))
                    .isEqualTo(4);
            assertThat(fixture.metric("mcp_service_retries_total", "")).isEqualTo(3);
            assertThat(fixture.metric("mcp_service_instances", "available")).isEqualTo(2);
            assertThat(fixture.metric("mcp_service_requests_running", "")).isZero();
        }
    }
}
