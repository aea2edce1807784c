package io.breakwater.bootstrap.audit;

import static io.breakwater.bootstrap.audit.SampleCheckpoints.ofSize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.bootstrap.audit.CheckpointService.ReceivedRequest;
import io.breakwater.bootstrap.config.SettingKeys;
import io.breakwater.port.PortException;
import io.breakwater.port.memory.ManualCallContext;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a real service through the client that checks addresses. */
class CheckpointWebhookTest {
    private CheckpointService service;
    private OutboundHttpClient client = client(List.of("127.0.0.1"));

    private static OutboundHttpClient client(List<String> allowed) {
        return OutboundHttpClient.with(OutboundSettings.defaults().withAllowed(allowed), SettingKeys::keyOf);
    }

    @BeforeEach
    void start() throws IOException {
        service = CheckpointService.start();
    }

    @AfterEach
    void close() {
        service.close();
        client.close();
    }

    private void copy(URI url, @Nullable String token) {
        CheckpointWebhook.of(client, url, token).copy(ofSize(7), ManualCallContext.unhurried());
    }

    @Test
    void sendsTheCheckpointFileWithTheToken() {
        copy(service.url(), "s3cr3t");

        assertThat(service.requests())
                .containsExactly(new ReceivedRequest(
                        "POST",
                        "/checkpoints?log=1",
                        "text/plain; charset=utf-8",
                        "Bearer s3cr3t",
                        ofSize(7).note().content()));
    }

    @Test
    void sendsNoAuthorizationWithoutAToken() {
        copy(service.url(), null);

        assertThat(service.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.authorization()).isNull());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 408, 425, 429})
    void aServiceThatIsNotAvailableIsTriedAgain(int status) {
        service.answer(status);

        assertThatThrownBy(() -> copy(service.url(), "s3cr3t"))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessage("The service 127.0.0.1 answered " + status + ".");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413})
    void aServiceThatRefusesNeedsTheOperator(int status) {
        service.answer(status);

        assertThatThrownBy(() -> copy(service.url(), "s3cr3t"))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("answered " + status)
                .hasMessageContaining("audit.checkpoint-webhook")
                .hasMessageNotContaining("s3cr3t");
    }

    /** The service compares checkpoints, so the token is not the most likely reason. */
    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void aServiceThatRefusesACheckpointNeedsAnExaminationOfTheLog(int status) {
        service.answer(status);

        assertThatThrownBy(() -> copy(service.url(), "s3cr3t"))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("The service 127.0.0.1 refused the checkpoint (" + status
                        + "). Check audit.checkpoint-webhook and its token, and run 'breakwater audit verify --against"
                        + " FILE' with a checkpoint that the service has.");
    }

    @Test
    void doesNotFollowARedirect() {
        service.answer(302);

        assertThatThrownBy(() -> copy(service.url(), "s3cr3t")).isInstanceOf(PortException.RefusedException.class);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aServiceInThePrivateNetworkMustBeAllowed() {
        client.close();
        client = client(List.of());

        assertThatThrownBy(() -> copy(service.url(), null))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("outbound.allowed");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void aServiceThatIsDownIsNotAvailable() {
        service.close();

        assertThatThrownBy(() -> copy(service.url(), null)).isInstanceOf(PortException.UnavailableException.class);
    }

    @Test
    void aTokenWithALineBreakIsRefusedWithoutARequest() {
        assertThatThrownBy(() -> copy(service.url(), "s3cr3t\r\nX-Other: 1"))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("line break")
                .hasMessageNotContaining("s3cr3t");
        assertThat(service.requests()).isEmpty();
    }
}
