package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that closes its side of the connection: it may still read, or be gone. */
class HalfCloseTest {
    private static final String HEAD = "POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";

    private final LinkedBlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    @Test
    void anAnswerReachesAClientThatOnlyReads() throws Exception {
        try (var server = answering((in, reply) -> replies.add(reply));
                var client = server.connect()) {
            client.post("{}").socket().shutdownOutput();
            var disconnected = new CountDownLatch(1);
            var reply = replies.take();
            reply.onDisconnect(disconnected::countDown);
            var interim = client.head(); // the server checks the connection, which is open
            reply.answer(ReplyStatus.RESULT, "late".getBytes(UTF_8));

            assertThat(interim.status()).isEqualTo(100);
            assertThat(client.answerAfterInterim().body()).isEqualTo("late");
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(disconnected.getCount()).isOne();
        }
    }

    @Test
    void aPromptAnswerComesAlone() throws IOException {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = server.connect()) {
            client.post("{}").post("[]").socket().shutdownOutput();

            assertThat(client.answerAfterInterim().body()).isEqualTo("{}");
            assertThat(client.answerAfterInterim().body()).isEqualTo("[]");
            assertThat(client.isClosedByServer()).isTrue();
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void aStreamReachesAClientThatOnlyReads() throws Exception {
        try (var server = answering((in, reply) -> replies.add(reply));
                var client = server.connect()) {
            client.post("{}");
            var reply = replies.take();
            reply.open(ReplyStatus.RESULT);
            client.head();
            client.socket().shutdownOutput();
            assertThat(client.chunk()).isEqualTo(":\n\n");
            reply.offer(Event.of("{}".getBytes(UTF_8)));
            reply.end();

            var rest = client.chunk();
            assertThat(rest).isEqualTo("data: {}\n\n");
        }
    }

    @Test
    void noticesADisconnectedClient() throws Exception {
        try (var server = answering((in, reply) -> replies.add(reply))) {
            var told = new CountDownLatch(2);
            var undecided = server.connect().post("1");
            replies.take().onDisconnect(told::countDown);
            var streaming = server.connect().post("2");
            var stream = replies.take();
            stream.onDisconnect(told::countDown);
            stream.open(ReplyStatus.RESULT);
            streaming.head();

            undecided.close();
            streaming.close();

            assertThat(told.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void aBodyThatCannotCompleteAnyMoreIsRefused() throws IOException {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = server.connect()) {
            client.post("[]").send(HEAD + "Content-Length: 9\n\n{").socket().shutdownOutput();

            assertThat(client.answerAfterInterim().body()).isEqualTo("[]");
            var answer = client.answerAfterInterim();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("incomplete");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /mc", HEAD})
    void aHeadThatCannotCompleteAnyMoreEndsTheConnection(String begun) throws IOException {
        try (var server = answering((in, reply) -> {});
                var client = server.connect()) {
            client.send(begun).socket().shutdownOutput();

            assertThat(client.isClosedByServer()).isTrue();
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }
}
