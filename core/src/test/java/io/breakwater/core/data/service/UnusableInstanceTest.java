package io.breakwater.core.data.service;

import static io.breakwater.core.data.service.Fixture.A;
import static io.breakwater.core.data.service.Fixture.B;
import static io.breakwater.core.data.service.Fixture.service;
import static io.breakwater.port.memory.MemoryServiceTransport.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.Services;
import io.breakwater.port.driven.Services.State;
import io.breakwater.port.memory.MemoryServiceTransport.Behavior;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.ServiceHealthCheck;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An instance whose address is not allowed is a mistake of the operator, and not of the callers. */
class UnusableInstanceTest {
    private static final String REASON = "Refusing to connect to a: it is a private address. Add a to allowed.";
    private static final String ADDRESS = "a has the address 10.9.9.9";
    private static final Behavior FORBIDDEN = (request, limits, context) -> {
        throw new RefusedException(Reason.FORBIDDEN, REASON, new ConnectException(ADDRESS));
    };

    @Test
    void callersSeeTheServiceOnlyAndTheLogHasTheReasonOnce() {
        try (var fixture = new Fixture(service(A));
                var log = CapturedLog.of("io.breakwater.services")) {
            fixture.transport.instance(A, FORBIDDEN);
            assertThat(fixture.post())
                    .isEqualTo(new NotDelivered(
                            "The server cannot connect to orders. Its operator finds the reason in the log.", null));
            for (int call = 0; call < 5; call++) {
                assertThat(fixture.post()).isInstanceOf(NotDelivered.class);
            }

            assertThat(log.lines())
                    .containsExactly(
                            "WARN An instance of orders cannot be used: " + A + ". " + REASON + " " + ADDRESS + ".");
        }
    }

    @Test
    void anotherInstanceIsUsed() {
        try (var fixture = new Fixture(service(A, B))) {
            fixture.transport.instance(A, FORBIDDEN).instance(B, status(200));
            for (int call = 0; call < 20; call++) {
                assertThat(fixture.post()).isInstanceOf(Response.class);
            }

            assertThat(fixture.sent()).as("five calls open the breaker").isLessThanOrEqualTo(25);
        }
    }

    @Test
    void theHealthReasonSaysWhatToDo() {
        try (var fixture = new Fixture(service(A))) {
            fixture.transport.instance(A, FORBIDDEN);
            for (int call = 0; call < 5; call++) {
                fixture.post();
            }

            var dependency = fixture.registry.dependencies().getFirst();
            assertThatThrownBy(() -> dependency.probe().probe(TestContext.unhurried()))
                    .hasMessageContaining(A + ": " + REASON + " " + ADDRESS + ". It is tried again after a pause.");
        }
    }

    @Test
    void aCheckThatIsRefusedSaysWhatToDo() {
        var check = new ServiceHealthCheck("/health", Duration.ofMillis(100), Duration.ofSeconds(1));
        try (var fixture = new Fixture(service(A).withHealthCheck(check))) {
            fixture.transport.instance(A, FORBIDDEN);
            Eventually.holds(() -> instance(fixture).state() == State.UNHEALTHY
                    && (REASON + " " + ADDRESS + ".").equals(instance(fixture).cause()));
        }
    }

    private static Services.Instance instance(Fixture fixture) {
        return fixture.registry.list().getFirst().instances().getFirst();
    }

    @Test
    void aRefusedRequestIsTheMistakeOfTheCaller() {
        try (var fixture = new Fixture(service(A))) {
            fixture.transport.instance(A, (request, limits, context) -> {
                throw new RefusedException(Reason.INVALID, "The path is invalid.", null);
            });

            assertThatThrownBy(fixture::post)
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("The path is invalid.");
        }
    }
}
