package io.breakwater.core.data.service;

import io.breakwater.port.contract.ServicesContract;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.Services;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

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

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }
}
