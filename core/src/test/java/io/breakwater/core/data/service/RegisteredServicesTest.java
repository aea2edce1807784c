package io.breakwater.core.data.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.DeadlineExceededException;
import io.breakwater.port.contract.ServicesContract;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.Services;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceSettings;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegisteredServicesTest extends ServicesContract {
    private @Nullable Fixture fixture;

    @Override
    protected Services services(ServiceOutcome outcome) {
        var users = ServiceSettings.of("users", ServiceInstances.of(Fixture.B)).withHealthCheck(null);
        var opened = new Fixture(users, Fixture.service(Fixture.A));
        opened.transport.instance(Fixture.A, (request, limits, context) -> outcome);
        opened.transport.instance(Fixture.B, (request, limits, context) -> outcome);
        fixture = opened;
        return opened.registry;
    }

    @Test
    void sendsNothingForACallThatHasEnded() {
        var services = services(new ServiceOutcome.Response(200, Map.of(), new byte[0]));
        var context = ManualCallContext.unhurried();
        context.cancel();

        assertThatThrownBy(() -> services.call("users", Fixture.request("POST", null), context))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(Objects.requireNonNull(fixture).sent()).isZero();
    }

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }
}
