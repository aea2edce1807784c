package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.DeadlineExceededException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.Services;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryServiceTransport;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Services} does. */
public abstract class ServicesContract {
    private static final ServiceRequest REQUEST = new ServiceRequest("POST", "/x", Map.of(), null, new byte[0], null);

    private final MemoryServiceTransport transport = new MemoryServiceTransport();

    /**
     * Creates the services {@code users} at {@code http://users} and {@code orders} at {@code http://orders}, which send
     * their requests with this transport.
     */
    protected abstract Services services(MemoryServiceTransport transport);

    @Test
    void listsTheServicesInTheOrderOfTheirNames() {
        assertThat(services(transport).list()).extracting(Services.Status::name).containsExactly("orders", "users");
    }

    @Test
    void returnsTheResponseWithAnyStatus() {
        transport.instance("http://orders", MemoryServiceTransport.status(404));

        assertThat(services(transport).call("orders", REQUEST, ManualCallContext.unhurried()))
                .isInstanceOfSatisfying(
                        ServiceOutcome.Response.class,
                        response -> assertThat(response.status()).isEqualTo(404));
    }

    @Test
    void saysThatNoInstanceReceivedTheRequest() {
        assertThat(services(transport).call("orders", REQUEST, ManualCallContext.unhurried()))
                .isInstanceOf(ServiceOutcome.NotDelivered.class);
    }

    @Test
    void saysThatTheRequestMayHaveHadItsEffect() {
        transport.instance("http://orders", MemoryServiceTransport.broken());

        assertThat(services(transport).call("orders", REQUEST, ManualCallContext.unhurried()))
                .isInstanceOf(ServiceOutcome.Unconfirmed.class);
        assertThat(transport.sent("/x")).as("a POST is not repeated").hasSize(1);
    }

    @Test
    void refusesAServiceThatDoesNotExist() {
        assertThatThrownBy(() -> services(transport).call("payments", REQUEST, ManualCallContext.unhurried()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    void sendsNothingForACallThatHasEnded() {
        var context = ManualCallContext.unhurried();
        context.cancel();

        assertThatThrownBy(() -> services(transport).call("orders", REQUEST, context))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(transport.sent("/x")).isEmpty();
    }
}
