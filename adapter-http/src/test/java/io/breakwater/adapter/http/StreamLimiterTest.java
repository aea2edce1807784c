package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that opens more HTTP/2 streams than it was allowed. */
class StreamLimiterTest {
    private static final int ALLOWED = HttpSettings.Limits.defaults().requestsPerConnection();

    @Test
    void aStreamTooManyIsRefusedAloneAndTheOthersAreServed() throws Exception {
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> replies.add(reply));
                var client = new RawHttp2("127.0.0.1", server.port())) {
            int last = 2 * ALLOWED - 1;
            for (int stream = 1; stream <= last; stream += 2) {
                client.head(stream).body(stream, "{}");
            }
            client.head(last + 2).body(last + 2, "{}");

            var refused = client.await(RawHttp2.DATA);
            assertThat(refused.stream()).isEqualTo(last + 2);
            assertThat(new String(refused.payload(), UTF_8)).contains("503", "requestsPerConnection");
            assertThat(server.metrics.refused("requests")).isOne();
            for (int i = 0; i < ALLOWED; i++) {
                replies.take().answer(ReplyStatus.RESULT, "done".getBytes(UTF_8));
                assertThat(new String(client.await(RawHttp2.DATA).payload(), UTF_8))
                        .isEqualTo("done");
            }
            client.head(last + 4).body(last + 4, "{}");
            replies.take().answer(ReplyStatus.RESULT, "more".getBytes(UTF_8));
            assertThat(client.await(RawHttp2.DATA).stream()).isEqualTo(last + 4);
        }
    }

    @Test
    void streamsTooManyBeforeTheSettingsAreAgreedOnAreRefusedAlone() throws Exception {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = RawHttp2.withoutAgreement("127.0.0.1", server.port())) {
            burst(client, ALLOWED + ALLOWED / 2);

            assertAnswered(client, ALLOWED + ALLOWED / 2);
        }
    }

    @Test
    void aBurstOfTwiceAndAHalfTheStreamsIsAnsweredOneByOne() throws Exception {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = new RawHttp2("127.0.0.1", server.port())) {
            int streams = ALLOWED * 5 / 2;
            burst(client, streams);

            assertAnswered(client, streams);
            client.head(2 * streams + 1).body(2 * streams + 1, "more");
            assertThat(new String(client.await(RawHttp2.DATA).payload(), UTF_8)).isEqualTo("more");
        }
    }

    @Test
    void aMalformedStreamLeavesItsNeighboursAlone() throws Exception {
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> replies.add(reply));
                var client = new RawHttp2("127.0.0.1", server.port())) {
            client.head(1).body(1, "{}");
            var waiting = replies.take();
            client.head(3, "connection", "keep-alive").body(3, "{}");
            assertThat(client.await(RawHttp2.RST_STREAM).stream()).isEqualTo(3);
            client.head(5).body(5, "{}");
            replies.take();
            waiting.answer(ReplyStatus.RESULT, "done".getBytes(UTF_8));

            assertThat(client.await(RawHttp2.DATA).stream()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST,GET", "P X", "(", "P\tX"})
    void aMethodThatIsNoTokenIsRefusedAloneAndTheOthersAreServed(String method) throws Exception {
        assertRefusedAlone("400", ":method", method, ":scheme", "http", ":path", "/mcp", ":authority", "localhost");
    }

    @Test
    void aConnectRequestIsRefusedAlone() throws Exception {
        assertRefusedAlone("405", ":method", "CONNECT", ":authority", "evil.example:80");
    }

    @Test
    void aPathThatIsAnAbsoluteUriIsRefusedAlone() throws Exception {
        var path = "http://localhost/mcp";
        assertRefusedAlone("400", ":method", "POST", ":scheme", "http", ":path", path, ":authority", "localhost");
    }

    private static void assertRefusedAlone(String status, String... fields) throws Exception {
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> replies.add(reply));
                var client = new RawHttp2("127.0.0.1", server.port())) {
            client.head(1).body(1, "{}");
            var waiting = replies.take();
            client.head(3, List.of(fields)).body(3, "");

            var refused = client.await(RawHttp2.DATA);
            assertThat(refused.stream()).isEqualTo(3);
            assertThat(new String(refused.payload(), UTF_8)).contains(status);
            waiting.answer(ReplyStatus.RESULT, "done".getBytes(UTF_8));
            assertThat(client.await(RawHttp2.DATA).stream()).isEqualTo(1);
            assertThat(server.metrics.refused("internal")).isZero();
        }
    }

    /** All heads first, then all bodies. */
    private static void burst(RawHttp2 client, int streams) {
        for (int i = 0; i < streams; i++) {
            client.head(2 * i + 1);
        }
        for (int i = 0; i < streams; i++) {
            client.body(2 * i + 1, "{}");
        }
    }

    private static void assertAnswered(RawHttp2 client, int streams) {
        var answered = new java.util.HashSet<Integer>();
        while (answered.size() < streams) {
            answered.add(client.await(RawHttp2.DATA).stream());
        }
    }
}
