package io.breakwater.core.data.service;

import static io.breakwater.core.data.service.Fixture.A;
import static io.breakwater.core.data.service.Fixture.request;
import static io.breakwater.core.data.service.Fixture.service;
import static io.breakwater.port.memory.MemoryServiceTransport.broken;
import static io.breakwater.port.memory.MemoryServiceTransport.frozen;
import static io.breakwater.port.memory.MemoryServiceTransport.slow;
import static io.breakwater.port.memory.MemoryServiceTransport.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.Services.State;
import io.breakwater.port.memory.MemoryServiceTransport;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.ServiceBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static Fixture withPause(Duration pause) {
        return new Fixture(service(A).withBreaker(new ServiceBreaker(5, pause)));
    }

    private static State state(Fixture fixture) {
        return fixture.registry.list().getFirst().instances().getFirst().state();
    }

    private static void open(Fixture fixture) {
        fixture.transport.instance(A, status(500));
        for (int i = 0; i < 5; i++) {
            fixture.post();
        }
        assertThat(state(fixture)).isEqualTo(State.OPEN);
    }

    @Test
    void opensAfterFiveFailuresInSuccession() {
        try (var fixture = withPause(Duration.ofMinutes(1))) {
            fixture.transport.instance(A, broken());
            for (int i = 0; i < 4; i++) {
                fixture.post();
            }
            fixture.transport.instance(A, status(200));
            fixture.post();
            fixture.transport.instance(A, broken());
            for (int i = 0; i < 4; i++) {
                fixture.post();
            }
            assertThat(state(fixture)).isEqualTo(State.AVAILABLE);
            fixture.post();
            assertThat(state(fixture)).isEqualTo(State.OPEN);
        }
    }

    @Test
    @CoversOutage("services: HTTP service without an available instance")
    void refusesCallsAtOnceWhileAllBreakersAreOpen() {
        try (var fixture = withPause(Duration.ofMinutes(1))) {
            open(fixture);
            int before = fixture.sent();
            fixture.get();
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(fixture.get())
                        .isInstanceOfSatisfying(
                                NotDelivered.class,
                                one -> assertThat(one.retryAfter())
                                        .isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1)));
            }
            assertThat((System.nanoTime() - start) / 100).isLessThan(TimeUnit.MILLISECONDS.toNanos(5));
            assertThat(fixture.sent()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 422, 429})
    void responsesBelow500AreNoFailures(int status) {
        try (var fixture = withPause(Duration.ofMinutes(1))) {
            fixture.transport.instance(A, status(status));
            for (int i = 0; i < 10; i++) {
                fixture.post();
            }
            assertThat(state(fixture)).isEqualTo(State.AVAILABLE);
        }
    }

    @Test
    void cancelledCallsAreNoFailures() throws Exception {
        try (var fixture = new Fixture(service(A).withAttemptTimeout(Duration.ofMinutes(1)))) {
            fixture.transport.instance(A, frozen());
            for (int i = 0; i < 10; i++) {
                int sent = fixture.sent();
                var context = TestContext.unhurried();
                var call = fixture.start(request("GET", null), context);
                Eventually.holds(() -> fixture.sent() == sent + 1);
                context.cancel();
                call.get(Eventually.SECONDS, TimeUnit.SECONDS);
            }
            assertThat(state(fixture)).isEqualTo(State.AVAILABLE);
            assertThat(fixture.registry.list().getFirst().instances().getFirst().running())
                    .isZero();
        }
    }

    @Test
    void oneCallIsTheProbeWhenThePauseIsOver() throws Exception {
        try (var fixture = withPause(PAUSE)) {
            open(fixture);
            fixture.transport.instance(A, slow(Duration.ofMillis(90), status(200)));
            int before = fixture.sent();
            Eventually.holds(() -> fixture.start(request("POST", null), TestContext.unhurried())
                            .get(Eventually.SECONDS, TimeUnit.SECONDS)
                    instanceof Response);

            assertThat(state(fixture)).isEqualTo(State.AVAILABLE);
            assertThat(fixture.sent()).isEqualTo(before + 1);
        }
    }

    @Test
    void otherCallsAreRefusedDuringTheProbe() throws Exception {
        try (var fixture = new Fixture(
                service(A).withAttemptTimeout(Duration.ofMinutes(1)).withBreaker(new ServiceBreaker(5, PAUSE)))) {
            open(fixture);
            fixture.transport.instance(A, frozen());
            int before = fixture.sent();
            var probe = TestContext.unhurried();
            Eventually.holds(() -> {
                var unused = fixture.start(request("POST", null), probe);
                return fixture.sent() == before + 1;
            });
            for (int i = 0; i < 10; i++) {
                assertThat(fixture.post()).isInstanceOf(NotDelivered.class);
            }
            assertThat(fixture.sent()).isEqualTo(before + 1);
            probe.cancel();
            fixture.transport.instance(A, status(200));
            // A cancelled probe tells nothing, so the next call is the probe, without another pause.
            Eventually.holds(() -> fixture.post() instanceof Response);
            assertThat(state(fixture)).isEqualTo(State.AVAILABLE);
        }
    }

    @Test
    void aFailedProbeOpensTheBreakerAgain() {
        try (var fixture = withPause(PAUSE)) {
            open(fixture);
            int before = fixture.sent();
            Eventually.holds(() -> {
                fixture.post();
                return fixture.sent() == before + 1;
            });
            assertThat(state(fixture)).isEqualTo(State.OPEN);
            assertThat(fixture.post()).isInstanceOf(NotDelivered.class);
        }
    }

    @Test
    @CoversOutage("services: HTTP service with an instance that is down or frozen")
    void aFrozenInstanceThatLiesAboutItsHealthIsLeftOut() {
        var settings = service(A, Fixture.B).withHealthCheck(io.breakwater.server.settings.ServiceHealthCheck.STANDARD);
        try (var fixture = new Fixture(settings)) {
            fixture.transport.instance(A, MemoryServiceTransport.lying("/health", frozen()));
            fixture.transport.instance(Fixture.B, status(200));
            for (int i = 0; i < 50; i++) {
                assertThat(fixture.get()).isInstanceOf(Response.class);
            }
            int before = fixture.sent();
            for (int i = 0; i < 50; i++) {
                assertThat(fixture.post()).isInstanceOf(Response.class);
            }
            assertThat(fixture.sent()).isEqualTo(before + 50);
        }
    }
}
