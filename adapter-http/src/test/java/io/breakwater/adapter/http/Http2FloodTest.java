package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.ReplyStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server ends an HTTP/2 connection whose client sends frames that only cost time. */
class Http2FloodTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int ALLOWED = 20;

    private static HttpSettings settings() {
        var standard = HttpSettings.Limits.defaults();
        return HttpSettings.defaults()
                .withLimits(new HttpSettings.Limits(
                        standard.headBytes(),
                        standard.headFields(),
                        standard.requestLineBytes(),
                        standard.bodyBytes(),
                        standard.headTimeout(),
                        standard.bodyTimeout(),
                        standard.bodyBytesPerSecond(),
                        standard.idleTimeout(),
                        standard.connections(),
                        standard.connectionsPerAddress(),
                        standard.requestsPerConnection(),
                        standard.resetsPerWindow(),
                        ALLOWED,
                        standard.handshakesPerAddress(),
                        standard.handshakeTimeout()));
    }

    private static RunningServer serving() {
        return answering(settings(), (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
    }

    /** The error code of the frame that ends the connection. */
    private static int end(RawHttp2 client) {
        return client.await(RawHttp2.GOAWAY).payload()[7];
    }

    @ParameterizedTest
    @CsvSource({"4, 0, 0", "6, 0, 8", "2, 1, 5", "66, 0, 4"})
    void endsAFloodOfControlFrames(int type, int stream, int length) {
        try (var server = serving();
                var client = new RawHttp2("127.0.0.1", server.port())) {
            for (int i = 0; i <= ALLOWED; i++) {
                client.send(type, 0, stream, new byte[length]);
            }

            assertThat(end(client)).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void answersAFewControlFrames() {
        try (var server = serving();
                var client = new RawHttp2("127.0.0.1", server.port())) {
            for (int i = 0; i < ALLOWED / 2; i++) {
                client.send(RawHttp2.PING, 0, 0, new byte[8]);
            }
            client.head(1).body(1, "7");

            assertThat(client.await(RawHttp2.DATA).payload()).isEqualTo(new byte[] {'7'});
        }
    }

    @Test
    void endsAFloodOfEmptyPieces() {
        try (var server = serving();
                var client = new RawHttp2("127.0.0.1", server.port())) {
            client.head(1);
            for (int i = 0; i < 10; i++) {
                client.data(1, "");
            }

            assertThat(end(client)).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void endsAFloodOfSmallContinuations() {
        try (var server = serving();
                var client = new RawHttp2("127.0.0.1", server.port())) {
            client.send(RawHttp2.HEADERS, 0, 1, new byte[0]);
            for (int i = 0; i < 40; i++) {
                client.send(RawHttp2.CONTINUATION, 0, 1, new byte[0]);
            }

            assertThat(end(client)).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void aWindowOfThirtySecondsHasItsOwnBudget() {
        var budget = new FrameBudget(2, 0);
        long second = 1_000_000_000L;

        assertThat(budget.tryUse(0)).isTrue();
        assertThat(budget.tryUse(30 * second)).isTrue();
        assertThat(budget.tryUse(30 * second)).isFalse();
        assertThat(budget.tryUse(31 * second)).isTrue();
        assertThat(budget.tryUse(32 * second)).isTrue();
        assertThat(budget.tryUse(33 * second)).isFalse();
    }
}
