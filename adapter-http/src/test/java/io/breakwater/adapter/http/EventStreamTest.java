package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    @Test
    void looksAsTheStandardHasIt() throws Exception {
        try (var server = listening(HttpSettings.Streams.defaults());
                var client = server.connect()) {
            client.get("/mcp");
            var reply = open(new ReplyStatus.Result("s1"));
            var head = client.head();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.field("content-type")).isEqualTo("text/event-stream");
            assertThat(head.field("cache-control")).isEqualTo("no-cache");
            assertThat(head.field("x-accel-buffering")).isEqualTo("no");
            assertThat(head.field("transfer-encoding")).isEqualTo("chunked");
            assertThat(head.field("mcp-session-id")).isEqualTo("s1");

            reply.offer(new Event(new byte[0], "7_1", null));
            assertThat(client.chunk()).isEqualTo("id: 7_1\ndata: \n\n");
            reply.offer(Event.of(bytes("{\"a\":1}")));
            assertThat(client.chunk()).isEqualTo("data: {\"a\":1}\n\n");
            reply.offer(new Event(bytes("{}"), "7_2", Duration.ofMillis(1_500)));
            assertThat(client.chunk()).isEqualTo("id: 7_2\nretry: 1500\ndata: {}\n\n");
            reply.offer(Event.of(bytes("{\n\"a\": 2\r}")));
            assertThat(client.chunk()).isEqualTo("data: {\ndata: \"a\": 2\ndata: }\n\n");
            reply.end();
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void endsWithTheConnectionForHttp10() throws Exception {
        try (var server = listening(HttpSettings.Streams.defaults());
                var client = server.connect()) {
            client.send("GET /mcp HTTP/1.0\nHost: localhost\nConnection: keep-alive\n\n");
            var reply = open(ReplyStatus.RESULT);

            assertThat(client.head().field("transfer-encoding")).isEmpty();
            reply.offer(Event.of(bytes("1")));
            assertThat(client.exactly(":\n\ndata: 1\n\n".length())).isEqualTo(":\n\ndata: 1\n\n");
            reply.end();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void showsALifeSignInSilence() throws Exception {
        try (var server = listening(streams(10, MOMENT, LONG));
                var client = server.connect()) {
            client.get("/mcp");
            open(ReplyStatus.RESULT);
            client.head();

            assertThat(client.chunk()).isEqualTo(":\n\n");
            assertThat(client.chunk()).isEqualTo(":\n\n");
        }
    }

    @Test
    void servesStreamsUpToTheConfiguredLimit() throws Exception {
        try (var server = listening(streams(3, LONG, LONG))) {
            var clients = IntStream.range(0, 3)
                    .mapToObj(i -> server.connect().get("/mcp"))
                    .toList();
            for (int i = 0; i < 3; i++) {
                open(ReplyStatus.RESULT);
            }
            try (var fourth = server.connect().get("/mcp")) {
                var reply = open(ReplyStatus.RESULT);
                var refused = fourth.answer();

                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.field("retry-after")).isEqualTo("5");
                assertThat(refused.body()).contains("HttpSettings.Streams.open").doesNotContain("\"id\"");
                assertThat(reply.offer(Event.of(bytes("1")))).isEqualTo(OfferResult.CLOSED);
                assertThat(server.metrics.streams()).isEqualTo(3);

                clients.getFirst().vanish();
                Eventually.holds(() -> server.metrics.streams() == 2);
                fourth.get("/mcp");
                open(ReplyStatus.RESULT);
                assertThat(fourth.head().status()).isEqualTo(200);
            }
            clients.forEach(RawClient::close);
            Eventually.holds(() -> server.metrics.streams() == 0);
        }
    }

    @Test
    void givesTheSlotBackOnce() throws Exception {
        try (var server = listening(streams(3, LONG, LONG));
                var client = server.connect().get("/mcp")) {
            var reply = open(ReplyStatus.RESULT);
            reply.end();
            reply.end();
            client.answer();
            client.vanish();

            Eventually.holds(() -> server.metrics.connections() == 0);
            assertThat(server.metrics.streams()).isZero();
        }
    }

    @Test
    void noticesHundredsOfClientsThatVanish() throws Exception {
        int many = 300;
        var gone = new AtomicInteger();
        try (var server = listening(streams(many, LONG, LONG))) {
            var clients = IntStream.range(0, many)
                    .mapToObj(i -> server.connect().get("/mcp"))
                    .toList();
            for (int i = 0; i < many; i++) {
                open(ReplyStatus.RESULT).onDisconnect(gone::incrementAndGet);
            }
            clients.forEach(RawClient::head);
            assertThat(server.metrics.streams()).isEqualTo(many);

            clients.forEach(RawClient::vanish);

            Eventually.holds(() -> server.metrics.streams() == 0);
            Eventually.holds(() -> gone.get() == many);
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void tellsOfTheDisconnectEvenWhenAskedLate() throws Exception {
        try (var server = listening(HttpSettings.Streams.defaults());
                var client = server.connect().get("/mcp")) {
            var reply = open(ReplyStatus.RESULT);
            client.head();
            client.vanish();
            Eventually.holds(() -> server.metrics.streams() == 0);

            var told = new CountDownLatch(1);
            reply.onDisconnect(told::countDown);

            assertThat(told.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(reply.offer(Event.of(bytes("1")))).isEqualTo(OfferResult.CLOSED);
            reply.end();
        }
    }

    @Test
    void saysNothingOfADisconnectAfterTheEnd() throws Exception {
        var told = new AtomicInteger();
        try (var server = listening(HttpSettings.Streams.defaults());
                var client = server.connect().get("/mcp")) {
            var reply = open(ReplyStatus.RESULT);
            reply.onDisconnect(told::incrementAndGet);
            reply.end();
            client.answer();
            client.vanish();

            Eventually.holds(() -> server.metrics.connections() == 0);
            assertThat(told).hasValue(0);
        }
    }

    @Test
    void holdsBackNoMoreThanTheBoundsSay() throws Exception {
        var bounds = new HttpSettings.Streams(10, 100_000, 50, LONG, LONG);
        try (var server = listening(bounds);
                var client = server.connect().get("/mcp");
                var other = server.connect().get("/mcp")) {
            assertThat(offerUntilRefused(open(ReplyStatus.RESULT), 10_000)).isEqualTo(OfferResult.FULL);
            assertThat(offerUntilRefused(open(ReplyStatus.RESULT), 10)).isEqualTo(OfferResult.FULL);
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(other.head().status()).isEqualTo(200);
        }
    }

    @Test
    void takesAMessageLargerThanTheBoundWhenNothingWaits() throws Exception {
        var large = "\"" + "x".repeat(1_000_000) + "\"";
        try (var server = listening(new HttpSettings.Streams(10, 1_000, 50, LONG, LONG));
                var client = server.connect().get("/mcp")) {
            var reply = open(ReplyStatus.RESULT);
            client.head();

            assertThat(reply.offer(Event.of(bytes(large)))).isEqualTo(OfferResult.ACCEPTED);
            assertThat(client.chunk()).isEqualTo("data: " + large + "\n\n");
        }
    }

    @Test
    void cutsOffAClientThatTakesNothing() throws Exception {
        var told = new CountDownLatch(1);
        try (var server = listening(new HttpSettings.Streams(10, 1 << 24, 10_000, LONG, MOMENT));
                var client = server.connect().get("/mcp")) {
            var reply = open(ReplyStatus.RESULT);
            reply.onDisconnect(told::countDown);
            offerUntilRefused(reply, 100_000);

            assertThat(told.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            Eventually.holds(() -> server.metrics.connections() == 0 && server.metrics.streams() == 0);
            assertThat(client.head().status()).isEqualTo(200);
        }
    }

    @Test
    void cutsOffAClientThatTakesNothingOfALargeAnswer() {
        var large = bytes("x".repeat(64 << 20));
        try (var server = answering(
                        HttpSettings.defaults().withStreams(streams(10, LONG, MOMENT)),
                        (in, reply) -> reply.answer(ReplyStatus.RESULT, large));
                var client = server.connect().post("1")) {
            assertThat(client.head().field("content-length")).isEqualTo("" + large.length);
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void bearsAClientThatReadsSlowly() throws Exception {
        int count = 200;
        try (var server = listening(new HttpSettings.Streams(10, 1 << 20, 10_000, LONG, Duration.ofSeconds(2)));
                var client = server.connect()) {
            client.socket().setReceiveBufferSize(1_024);
            client.get("/mcp");
            var reply = open(ReplyStatus.RESULT);
            IntStream.range(0, count)
                    .forEach(i -> assertThat(reply.offer(Event.of(bytes("\"" + i + "\""))))
                            .isEqualTo(OfferResult.ACCEPTED));
            reply.end();

            client.head();
            var body = new StringBuilder();
            for (var chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
                body.append(chunk); // the raw client reads the wire one byte at a time
            }
            assertThat(body.toString().lines().filter(line -> line.startsWith("data: ")))
                    .hasSize(count);
        }
    }

    @Test
    void keepsTheOrderOfManyThreads() throws Exception {
        int each = 500;
        try (var server = listening(new HttpSettings.Streams(10, 1 << 20, 100_000, LONG, LONG));
                var client = server.connect().get("/mcp")) {
            var reply = open(ReplyStatus.RESULT);
            var writers = IntStream.range(0, 4)
                    .mapToObj(writer -> Thread.ofVirtual()
                            .start(() -> IntStream.range(0, each)
                                    .forEach(i -> reply.offer(Event.of(bytes(writer + ":" + i))))))
                    .toList();
            for (var writer : writers) {
                writer.join();
            }
            reply.end();

            var lines = client.answer()
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .toList();
            assertThat(lines).hasSize(4 * each);
            for (int writer = 0; writer < 4; writer++) {
                var mine = "data: " + writer + ":";
                assertThat(lines.stream().filter(line -> line.startsWith(mine)))
                        .containsExactlyElementsOf(
                                IntStream.range(0, each).mapToObj(i -> mine + i).toList());
            }
        }
    }

    private RunningServer listening(HttpSettings.Streams streams) {
        return answering(HttpSettings.defaults().withStreams(streams), (in, reply) -> replies.add(reply));
    }

    private Reply open(ReplyStatus status) throws InterruptedException {
        var reply = replies.poll(Eventually.SECONDS, TimeUnit.SECONDS);
        if (reply == null) {
            throw new AssertionError("no request came");
        }
        reply.open(status);
        return reply;
    }

    private static HttpSettings.Streams streams(int open, Duration keepAlive, Duration writeTimeout) {
        return new HttpSettings.Streams(open, 100_000, 100, keepAlive, writeTimeout);
    }

    private static OfferResult offerUntilRefused(Reply reply, int size) {
        var event = Event.of(bytes("x".repeat(size)));
        return IntStream.range(0, 1_000_000)
                .mapToObj(i -> reply.offer(event))
                .filter(offer -> offer != OfferResult.ACCEPTED)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
