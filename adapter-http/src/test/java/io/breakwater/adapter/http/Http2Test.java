package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Event;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 without TLS, by prior knowledge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2Test {
    private static final Duration LONG = Duration.ofMinutes(5);
    private Vertx vertx;
    private HttpClientAgent client;

    @BeforeAll
    void makeClient() {
        vertx = Vertx.vertx();
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    @AfterAll
    void closeClient() {
        get(vertx.close());
    }

    @Test
    void staysWithHttp1WhenAClientAsksForAnUpgrade() throws Exception {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var jdk = java.net.http.HttpClient.newHttpClient()) {
            for (int i = 0; i < 3; i++) {
                var answer = jdk.send(
                        HttpRequest.newBuilder(server.uri())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"i\":" + i + "}"))
                                .build(),
                        BodyHandlers.ofString());

                assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_1_1);
                assertThat(answer.body()).isEqualTo("{\"i\":" + i + "}");
            }
        }
    }

    @Test
    void isReachedByAnIpv6Address() throws Exception {
        try (var server = answering(
                        HttpSettings.defaults().withHost("::1"),
                        (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var jdk = java.net.http.HttpClient.newHttpClient()) {
            for (int i = 0; i < 2; i++) {
                var answer = jdk.send(
                        HttpRequest.newBuilder(server.uri())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_1_1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2x", "+2", "-2", "1", "3", "99999999999"})
    void refusesALengthThatIsNotTheBodys(String length) {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()))) {
            var connection = connect(server);
            var request = get(request(connection));
            request.putHeader("content-length", length);
            var answer = request.send("{}").map(HttpClientResponse::statusCode).otherwise(400);

            assertThat(get(answer)).isBetween(400, 499);
            assertThat(server.metrics.refused("internal")).isZero();
            get(connection.close());
        }
    }

    @Test
    void answersManyRequestsOnOneConnection() {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()))) {
            var connection = connect(server);
            var bodies = IntStream.range(0, 90)
                    .mapToObj(i -> post(connection, "x".repeat(i)).compose(HttpClientResponse::body))
                    .toList();

            for (int i = 0; i < 90; i++) {
                assertThat(get(bodies.get(i)).length()).isEqualTo(i);
            }
            assertThat(server.metrics.connections()).isOne();
            get(connection.close());
        }
    }

    @Test
    void guardsTheFrontDoor() {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()))) {
            var connection = connect(server);

            assertThat(statusFor(connection, "evil.example", MultiMap.caseInsensitiveMultiMap()))
                    .isEqualTo(403);
            assertThat(statusFor(connection, "localhost", headers("origin", "https://evil.example")))
                    .isEqualTo(403);
            assertThatThrownBy(() -> statusFor(connection, "localhost", headers("host", "evil.example")))
                    .hasCauseInstanceOf(StreamResetException.class);
            assertThat(statusFor(connection, "localhost", headers("origin", "http://localhost")))
                    .isEqualTo(200);
            get(connection.close());
        }
    }

    @Test
    void refusesABodyThatIsTooLargeAndKeepsTheConnection() {
        var limits = HttpSettings.Limits.defaults().withBodyBytes(1_000);
        try (var server = answering(
                HttpSettings.defaults().withLimits(limits),
                (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()))) {
            var connection = connect(server);
            var endless = get(request(connection));
            endless.setChunked(true);
            var answer = endless.response().compose(response -> response.body().map(response.statusCode()));
            var writing = vertx.setPeriodic(1, timer -> endless.write(Buffer.buffer("x".repeat(500))));

            assertThat(get(answer)).isEqualTo(413);
            vertx.cancelTimer(writing);
            assertThat(get(post(connection, "1").compose(HttpClientResponse::body))
                            .toString())
                    .isEqualTo("1");
            get(connection.close());
        }
    }

    @Test
    void tellsOfAClientThatTakesItsRequestBack() throws Exception {
        var told = new CountDownLatch(2);
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> {
            reply.onDisconnect(told::countDown);
            replies.add(reply);
        })) {
            var connection = connect(server);
            var unanswered = get(request(connection));
            unanswered.end("1");
            replies.take();
            var stream = get(request(connection));
            stream.end("2");
            replies.take().open(ReplyStatus.RESULT);
            get(stream.response());

            unanswered.reset();
            stream.reset();

            assertThat(told.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            Eventually.holds(() -> server.metrics.streams() == 0);
            assertThat(server.metrics.connections()).isOne();
            get(connection.close());
        }
    }

    @Test
    void streamsEvents() throws Exception {
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> replies.add(reply))) {
            var connection = connect(server);
            var answer = post(connection, "1");
            var reply = replies.take();
            reply.open(ReplyStatus.RESULT);
            var response = get(answer);
            assertThat(response.getHeader("content-type")).isEqualTo("text/event-stream");
            assertThat(response.getHeader("transfer-encoding")).isNull();
            var body = response.body();
            reply.offer(Event.of("{}".getBytes(UTF_8)));
            reply.end();

            assertThat(get(body).toString()).isEqualTo("data: {}\n\n");
            get(connection.close());
        }
    }

    @Test
    void cutsOffAStreamWhoseClientTakesNothing() throws Exception {
        var told = new CountDownLatch(1);
        var replies = new LinkedBlockingQueue<Reply>();
        var streams = new HttpSettings.Streams(10, 1 << 20, 10_000, LONG, Duration.ofMillis(200));
        try (var server = answering(HttpSettings.defaults().withStreams(streams), (in, reply) -> replies.add(reply))) {
            var connection = connect(server);
            var answer = post(connection, "1").onSuccess(HttpClientResponse::pause);
            var reply = replies.take();
            reply.onDisconnect(told::countDown);
            reply.open(ReplyStatus.RESULT);
            get(answer);
            for (int i = 0; i < 8; i++) {
                reply.offer(Event.of("x".repeat(100_000).getBytes(UTF_8)));
            }

            assertThat(told.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            Eventually.holds(() -> server.metrics.streams() == 0);
            get(connection.close());
        }
    }

    @Test
    void saysGoodbyeWhenItDrainsAndFinishesWhatItHas() throws Exception {
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> replies.add(reply))) {
            var connection = connect(server);
            var goodbye = new CountDownLatch(1);
            connection.goAwayHandler(away -> goodbye.countDown());
            var answer = post(connection, "1").compose(HttpClientResponse::body);
            var reply = replies.take();

            var stopped =
                    CompletableFuture.supplyAsync(() -> server.transport.stop(Duration.ofSeconds(Eventually.SECONDS)));

            assertThat(goodbye.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            reply.answer(ReplyStatus.RESULT, "done".getBytes(UTF_8));
            assertThat(get(answer).toString()).isEqualTo("done");
            assertThat(stopped.get(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void servesNewConnectionsDuringAGracefulShutdownAndSendsGoaway() throws Exception {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()))) {
            server.transport.startGracefulShutdown();
            var connection = connect(server);
            var goodbye = new CountDownLatch(1);
            connection.goAwayHandler(away -> goodbye.countDown());

            assertThat(get(post(connection, "1").compose(HttpClientResponse::body))
                            .toString())
                    .isEqualTo("1");
            assertThat(goodbye.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void endsAConnectionThatResetsRapidly() {
        try (var server = answering((in, reply) -> {})) {
            var connection = connect(server);
            var closed = new CountDownLatch(1);
            connection.closeHandler(nothing -> closed.countDown());

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            var request = get(request(connection));
                            get(request.writeHead());
                            request.reset();
                        }
                    })
                    .isInstanceOf(Exception.class);
            Eventually.holds(() -> closed.getCount() == 0);
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void closesAnIdleConnectionButNoneAtWork() throws Exception {
        var limits = HttpSettings.Limits.defaults().withTimes(LONG, LONG, Duration.ofMillis(200));
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering(HttpSettings.defaults().withLimits(limits), (in, reply) -> replies.add(reply))) {
            var idle = connect(server);
            var busy = connect(server);
            var answer = post(busy, "1").compose(HttpClientResponse::body);
            var reply = replies.take();
            var closed = new CountDownLatch(1);
            idle.closeHandler(nothing -> closed.countDown());

            assertThat(closed.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            reply.answer(ReplyStatus.RESULT, "done".getBytes(UTF_8));
            assertThat(get(answer).toString()).isEqualTo("done");
        }
    }

    private HttpClientConnection connect(RunningServer server) {
        return get(client.connect(new HttpConnectOptions()
                .setServer(SocketAddress.inetSocketAddress(server.port(), "127.0.0.1"))
                .setHost("localhost")
                .setPort(server.port())));
    }

    private static Future<HttpClientRequest> request(HttpClientConnection connection) {
        return connection.request(new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI("/mcp")
                .setHeaders(headers("content-type", "application/json")));
    }

    private static Future<HttpClientResponse> post(HttpClientConnection connection, String body) {
        return request(connection).compose(request -> request.send(body));
    }

    private static int statusFor(HttpClientConnection connection, String authority, MultiMap more) {
        return get(request(connection).compose(request -> {
                    request.authority(HostAndPort.authority(authority));
                    request.headers().addAll(more);
                    return request.send("{}");
                }))
                .statusCode();
    }

    private static MultiMap headers(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Eventually.SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
