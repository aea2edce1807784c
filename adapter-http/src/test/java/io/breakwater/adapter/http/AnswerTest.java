package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerTest {
    private static final byte[] BODY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}".getBytes(UTF_8);

    @Test
    void handsTheBodyToTheEndpointAndItsAnswerBack() {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = server.connect()) {
            var answer = client.post("{\"id\":7}").answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("content-type")).isEqualTo("application/json");
            assertThat(answer.body()).isEqualTo("{\"id\":7}");
        }
    }

    @Test
    void answersFromAnotherThread() {
        try (var server = answering(
                        (in, reply) -> Thread.ofVirtual().start(() -> reply.answer(ReplyStatus.RESULT, in.body())));
                var client = server.connect()) {
            assertThat(client.post("{\"id\":8}").answer().body()).isEqualTo("{\"id\":8}");
        }
    }

    static Stream<Arguments> replyStatuses() {
        return Stream.of(
                arguments(ReplyStatus.RESULT, 200, "", ""),
                arguments(new ReplyStatus.Result("abc"), 200, "mcp-session-id", "abc"),
                arguments(ReplyStatus.MALFORMED, 400, "", ""),
                arguments(ReplyStatus.UNKNOWN_METHOD, 404, "", ""),
                arguments(ReplyStatus.NO_SESSION, 404, "", ""),
                arguments(ReplyStatus.NO_EVENT, 404, "", ""),
                arguments(ReplyStatus.NOT_ALLOWED, 405, "allow", "POST"),
                arguments(new ReplyStatus.Unauthenticated("Bearer"), 401, "www-authenticate", "Bearer"),
                arguments(new ReplyStatus.Forbidden("Bearer x"), 403, "www-authenticate", "Bearer x"),
                arguments(new ReplyStatus.Forbidden(null), 403, "www-authenticate", ""),
                arguments(new ReplyStatus.TooMany(Duration.ofMillis(1_200)), 429, "retry-after", "2"),
                arguments(new ReplyStatus.Overloaded(Duration.ofSeconds(3)), 503, "retry-after", "3"),
                arguments(new ReplyStatus.Overloaded(Duration.ZERO), 503, "retry-after", "1"));
    }

    @ParameterizedTest
    @MethodSource("replyStatuses")
    void mapsAReplyStatusToAStatusCodeAndFields(ReplyStatus status, int code, String field, String value) {
        try (var server = answering((in, reply) -> reply.answer(status, BODY));
                var client = server.connect()) {
            var answer = client.post("{}").answer();

            assertThat(answer.status()).isEqualTo(code);
            assertThat(answer.body()).isEqualTo(new String(BODY, UTF_8));
            assertThat(answer.field(field)).isEqualTo(value);
        }
    }

    @Test
    void answersOnce() {
        try (var server = answering((in, reply) -> {
                    reply.answer(ReplyStatus.RESULT, in.body());
                    reply.answer(ReplyStatus.MALFORMED, BODY);
                    reply.open(ReplyStatus.RESULT);
                    reply.end();
                });
                var client = server.connect()) {
            assertThat(client.post("1").answer().body()).isEqualTo("1");
            assertThat(client.post("2").answer().body()).isEqualTo("2");
            assertThat(server.metrics.streams()).isZero();
        }
    }

    @Test
    void answersRequestsThatComeAtOnceInTheirOrder() {
        try (var server = answering((in, reply) -> {
                    if (in.body()[0] == '1') {
                        Thread.ofVirtual().start(() -> reply.answer(ReplyStatus.RESULT, in.body()));
                    } else {
                        reply.answer(ReplyStatus.RESULT, in.body());
                    }
                });
                var client = server.connect()) {
            client.post("1").post("2").post("1").post("3");

            assertThat(Stream.generate(() -> client.answer().body()).limit(4)).containsExactly("1", "2", "1", "3");
        }
    }

    @Test
    void carriesALargeAnswerWhole() {
        var large = "x".repeat(5_000_000);
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, large.getBytes(UTF_8)));
                var client = server.connect()) {
            var answer = client.post("1").answer();

            assertThat(answer.field("content-length")).isEqualTo("5000000");
            assertThat(answer.body()).isEqualTo(large);
        }
    }

    @Test
    void tellsThatTheClientWentBeforeItsAnswer() throws Exception {
        var replies = new LinkedBlockingQueue<Reply>();
        var told = new CountDownLatch(1);
        try (var server = answering((in, reply) -> {
                    reply.onDisconnect(() -> replies.add(reply)); // replaced by the next
                    reply.onDisconnect(told::countDown);
                    replies.add(reply);
                });
                var client = server.connect()) {
            client.post("1");
            var reply = replies.take();
            client.vanish();

            assertThat(told.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            reply.answer(ReplyStatus.RESULT, BODY);
            reply.open(ReplyStatus.RESULT);
            reply.end();
            assertThat(replies).isEmpty();
            Eventually.holds(() -> server.metrics.connections() == 0 && server.metrics.streams() == 0);
        }
    }

    @Test
    void answersNothingWhereThereIsNothingToSay() {
        for (var status : new ReplyStatus[] {ReplyStatus.ACCEPTED, ReplyStatus.ENDED}) {
            try (var server = answering((in, reply) -> reply.answer(status, null));
                    var client = server.connect()) {
                var answer = client.post("{}").answer();

                assertThat(answer.status()).isEqualTo(status.equals(ReplyStatus.ACCEPTED) ? 202 : 200);
                assertThat(answer.field("content-length")).isEqualTo("0");
                assertThat(answer.field("content-type")).isEmpty();
            }
        }
    }
}
