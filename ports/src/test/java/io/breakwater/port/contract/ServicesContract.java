package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.Services;
import io.breakwater.port.memory.ManualCallContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all {@link Services} must do. */
public abstract class ServicesContract {
    private static final String BODY = "{\"said\":\"é\"}";

    /**
     * Returns the services {@code orders} and {@code users}, whose instances give this outcome for each request.
     *
     * @param outcome what becomes of a request to an instance
     */
    protected abstract Services services(ServiceOutcome outcome);

    private static ServiceOutcome response(int status) {
        return new Response(status, Map.of(), BODY.getBytes(UTF_8));
    }

    private static ServiceRequest request(String method) {
        return new ServiceRequest(method, "/things?page=1", Map.of(), null, new byte[0], null);
    }

    @Test
    void listsServicesInTheOrderOfTheirNames() {
        assertThat(services(response(200)).list())
                .extracting(Services.Status::name)
                .containsExactly("orders", "users");
    }

    @Test
    void findsAServiceByItsExactNameOnly() {
        var services = services(response(200));

        assertThat(services.find("users"))
                .get()
                .extracting(Services.Status::name)
                .isEqualTo("users");
        assertThat(services.find("Users")).isEmpty();
        assertThat(services.find("payments")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 404, 500})
    void everyStatusIsAResponse(int status) {
        var outcome = services(response(status)).call("users", request("POST"), ManualCallContext.unhurried());

        assertThat(outcome).isInstanceOfSatisfying(Response.class, response -> {
            assertThat(response.status()).isEqualTo(status);
            assertThat(new String(response.body(), UTF_8)).isEqualTo(BODY);
        });
    }

    @Test
    void aRequestThatMayHaveHadItsEffectIsReported() {
        var lost = new ServiceOutcome.Unconfirmed("The connection broke.", false);

        assertThat(services(lost).call("users", request("POST"), ManualCallContext.unhurried()))
                .isInstanceOf(ServiceOutcome.Unconfirmed.class);
    }

    @Test
    void aRequestThatReachedNoInstanceIsReported() {
        var unreachable = new ServiceOutcome.NotDelivered("Nothing accepts connections.", null);

        assertThat(services(unreachable).call("users", request("POST"), ManualCallContext.unhurried()))
                .isInstanceOf(ServiceOutcome.NotDelivered.class);
    }

    @Test
    void refusesAServiceThatDoesNotExist() {
        var services = services(response(200));

        assertThatThrownBy(() -> services.call("payments", request("GET"), ManualCallContext.unhurried()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
    }
}
