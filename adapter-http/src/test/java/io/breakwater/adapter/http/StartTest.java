package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    private static final Authentication.Challenge CHALLENGE =
            new Authentication.Challenge(401, Map.of("WWW-Authenticate", "Bearer"), "Send a credential.");

    @Test
    void saysThatThePortIsTakenAndWhatToDo() {
        try (var first = answering((in, reply) -> {})) {
            var taken = HttpSettings.defaults().withPort(first.port());

            assertThatThrownBy(() -> new RunningServer(taken, List.of(), (in, reply) -> {}))
                    .isInstanceOf(PortException.RefusedException.class)
                    .hasMessage("Port " + first.port() + " on 127.0.0.1 is in use; stop the program that uses it, or"
                            + " choose another port with HttpSettings.port.");
        }
    }

    @Test
    void listensForOtherMachinesIfCallersNeedACredential() {
        Authenticator refusing = Authenticator.of((fields, peer) -> CHALLENGE);
        var everywhere = HttpSettings.defaults().withHost("0.0.0.0");

        try (var server = RunningServer.of(everywhere, refusing, MemoryBudget.unlimited(), (in, reply) -> {});
                var client = server.connect()) {
            assertThat(client.post("1").answer().status()).isEqualTo(401);
        }
    }

    @Test
    void refusesToListenForOtherMachinesIfTheApplicationsAuthenticatorAcceptsAnonymousCallers() {
        var lenient = new Authenticator() {
            @Override
            public CompletionStage<Authentication> authenticate(HeaderFields fields, RemotePeer peer) {
                return CompletableFuture.completedFuture(Authentication.Authenticated.ANONYMOUS);
            }

            @Override
            public boolean acceptsAnonymous() {
                return true;
            }
        };
        var everywhere = HttpSettings.defaults().withHost("0.0.0.0");

        assertThatThrownBy(() -> RunningServer.of(everywhere, lenient, MemoryBudget.unlimited(), (in, reply) -> {}))
                .isInstanceOf(PortException.RefusedException.class);
    }

    @Test
    void refusesToListenForOtherMachinesWithoutAuthenticationByDefault() {
        var everywhere = HttpSettings.defaults().withHost("0.0.0.0");

        assertThatThrownBy(() -> answering(everywhere, (in, reply) -> {}))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("0.0.0.0")
                .hasMessageContaining("BreakwaterBuilder.authenticator")
                .hasMessageContaining("HttpSettings.anonymous");
        try (var server = answering(
                        everywhere.withAnonymous(true), (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = server.connect()) {
            assertThat(client.post("1").answer().body()).isEqualTo("1");
        }
    }

    @Test
    void saysThatThereIsNoSuchAddress() {
        var nowhere = HttpSettings.defaults().withHost("no-such-host.invalid");

        assertThatThrownBy(() -> answering(nowhere, (in, reply) -> {}))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("no-such-host.invalid")
                .hasMessageContaining("HttpSettings.host");
    }

    @Test
    void saysThatTheCertificateCannotBeUsed(@TempDir Path folder) {
        var missing = HttpSettings.defaults()
                .withTls(HttpSettings.Tls.of(folder.resolve("cert.pem"), folder.resolve("key.pem")));

        assertThatThrownBy(() -> answering(missing, (in, reply) -> {}))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("cert.pem")
                .hasMessageContaining("HttpSettings.Tls.certificate");
    }

    @Test
    void recognizesThatCertificateAndKeyAreSwapped(@TempDir Path folder) {
        var files = HttpSettings.Tls.of(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        SelfSigned.number(1).writeTo(files);
        var swapped = HttpSettings.defaults().withTls(HttpSettings.Tls.of(files.key(), files.certificate()));
        var twice = HttpSettings.defaults().withTls(HttpSettings.Tls.of(files.certificate(), files.certificate()));

        assertThatThrownBy(() -> answering(swapped, (in, reply) -> {}))
                .hasMessageContaining(
                        "the first contains a private key, not a certificate; are the two files swapped?");
        assertThatThrownBy(() -> answering(twice, (in, reply) -> {}))
                .hasMessageContaining("the second contains a certificate, not a private key");
    }

    @Test
    void tellsItsAddress() {
        try (var server = answering((in, reply) -> {})) {
            assertThat(server.transport.address()).isEqualTo("http://127.0.0.1:" + server.port() + "/mcp");
            assertThat(server.port()).isPositive();
        }
    }

    @Test
    void listensOnIpv6() {
        try (var server = answering(
                        HttpSettings.defaults().withHost("::1"),
                        (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = server.connect()) {
            assertThat(server.transport.address()).startsWith("http://[::1]:");
            assertThat(client.post("6").answer().body()).isEqualTo("6");
        }
    }

    @Test
    void listensOnBothFamiliesAtOnce() {
        var everywhere = HttpSettings.defaults().withHost("::").withAnonymous(true);
        try (var server = answering(
                everywhere,
                (in, reply) ->
                        reply.answer(ReplyStatus.RESULT, in.peer().address().getBytes(UTF_8)))) {
            for (var family : new String[] {"127.0.0.1", "::1"}) {
                try (var client = new RawClient(family, server.port())) {
                    assertThat(client.post("1").answer().body()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
                }
            }
        }
    }

    @Test
    void canBeStoppedTwiceAndWithoutAStart() {
        assertThat(HttpTransport.on("127.0.0.1", 0).stop(Duration.ZERO)).isTrue();
        var server = answering((in, reply) -> {});
        assertThat(server.transport.stop(Duration.ofSeconds(Eventually.SECONDS)))
                .isTrue();
        assertThat(server.transport.stop(Duration.ofSeconds(Eventually.SECONDS)))
                .isTrue();
    }

    @Test
    void leavesNoThreadBehind() {
        var server = answering((in, reply) -> {});
        assertThat(eventLoopRuns()).isTrue();

        server.close();

        Eventually.holds(() -> !eventLoopRuns());
    }

    private static boolean eventLoopRuns() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("vert.x-eventloop"));
    }
}
