package io.breakwater.adapter.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ClientExchangeContract;
import io.breakwater.port.contract.RecordingReceiver;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.port.driven.ClientTransport.OutgoingMessage;
import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of transports with separate exchanges, over HTTP, and what can go wrong on a network. */
class HttpClientTransportTest extends ClientExchangeContract {
    private final HttpTransport server = HttpTransport.on("127.0.0.1", 0);

    @Override
    protected ClientTransport connect() {
        server.start(new Transport.Host(endpoint, List.of(), MetricSink.none()));
        return HttpClientTransport.to(URI.create(server.address()));
    }

    @Override
    protected void stopServer() {
        server.stop(Duration.ofMillis(1));
    }

    @Test
    void tellsThatNoServerListens() throws IOException {
        try (var reserved = new Socket()) { // bound, so that no other process listens there
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var url = "http://127.0.0.1:" + reserved.getLocalPort() + "/mcp";

            assertThat(failure(url))
                    .isInstanceOf(PortException.UnavailableException.class)
                    .hasMessage("No server listens at " + url + ". Is it running?");
        }
    }

    @Test
    void tellsThatTheHostIsUnknown() {
        assertThat(failure("http://no-such-host.invalid/mcp"))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessage("The host name no-such-host.invalid is unknown. Is it spelled correctly?");
    }

    @Test
    void tellsThatTlsFails() {
        var plain = URI.create(server.address());

        assertThat(failure("https://127.0.0.1:" + plain.getPort() + "/mcp"))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessageStartingWith("The TLS connection to https://127.0.0.1:" + plain.getPort() + "/mcp failed: ");
    }

    @Test
    void tellsTheStatusOfARefusalWithoutAMessage() {
        assertThat(failure(server.address() + "/nowhere"))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("The server answered HTTP 404 without a result.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\ndata: "})
    void tellsThatTheConnectionBroke(String answered) throws IOException {
        try (var broken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var served = CompletableFuture.runAsync(() -> answerAndReset(broken, answered));

            assertThat(failure("http://127.0.0.1:" + broken.getLocalPort() + "/mcp"))
                    .isInstanceOf(PortException.UnavailableException.class)
                    .hasMessageStartingWith("The connection to http://127.0.0.1:" + broken.getLocalPort());
            served.join();
        }
    }

    /** Answers the request, and resets the connection. */
    private static void answerAndReset(ServerSocket server, String answer) {
        try (var connection = server.accept()) {
            connection.setSoLinger(true, 0);
            var unused = connection.getInputStream().read(new byte[1024]);
            connection.getOutputStream().write(answer.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stopsWaitingForASilentServerWhenItEndsASession() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = HttpClientTransport.to(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp"))) {
            var ended = CompletableFuture.runAsync(() -> client.end(Map.of("Mcp-Session-Id", "s-1")));

            try (var connection = silent.accept()) {
                assertThat(connection.getInputStream().read()).isEqualTo('D');
                assertThat(ended).succeedsWithin(Eventually.LIMIT);
            }
        }
    }

    @Test
    void aStoppedServerDoesNotDelayTheEndOfASession() {
        server.stop(Duration.ZERO);

        assertThat(CompletableFuture.runAsync(() -> transport.end(Map.of("Mcp-Session-Id", "s-1"))))
                .succeedsWithin(Eventually.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://example.com/mcp", "/mcp", "http:///mcp"})
    void refusesAUrlThatIsNotHttp(String url) {
        assertThatThrownBy(() -> HttpClientTransport.to(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://127.0.0.1:8080/mcp");
    }

    private static PortException failure(String url) {
        var received = new RecordingReceiver();
        try (var toNowhere = HttpClientTransport.to(URI.create(url))) {
            toNowhere.send(new OutgoingMessage("1".getBytes(UTF_8), Map.of()), received);
            return received.end().orElseThrow();
        }
    }
}
