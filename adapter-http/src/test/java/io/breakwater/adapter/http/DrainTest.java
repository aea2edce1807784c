package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Duration GRACE = Duration.ofSeconds(Eventually.SECONDS);
    private static final byte[] DONE = "done".getBytes(UTF_8);

    @Test
    void takesNoNewConnection() {
        try (var server = answering(DrainTest::echo)) {
            int port = server.port();
            server.transport.drain();

            Eventually.holds(() -> isRefused(port));
        }
    }

    @Test
    void tellsClientsWithTheirNextAnswerToGo() {
        try (var server = answering(DrainTest::echo);
                var client = server.connect()) {
            assertThat(client.post("1").answer().field("connection")).isEmpty();
            server.transport.drain();

            var last = client.post("2").answer();

            assertThat(last.body()).isEqualTo("2");
            assertThat(last.field("connection")).isEqualTo("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void servesNewClientsDuringAGracefulShutdownAndAsksThemToDisconnect() {
        try (var server = answering(DrainTest::echo);
                var before = server.connect()) {
            before.post("1").answer();
            server.transport.startGracefulShutdown();

            var last = before.post("2").answer();
            assertThat(last.body()).isEqualTo("2");
            assertThat(last.field("connection")).isEqualTo("close");
            for (int i = 0; i < 3; i++) {
                try (var after = server.connect()) {
                    var only = after.post("3").answer();
                    assertThat(only.body()).isEqualTo("3");
                    assertThat(only.field("connection")).isEqualTo("close");
                    assertThat(after.isClosedByServer()).isTrue();
                }
            }
        }
    }

    @Test
    void waitsForTheAnswerOfEachRequestWhoseHeadWasRead() throws Exception {
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> replies.add(reply));
                var answered = server.connect().post("1");
                var half = server.connect()) {
            half.send("""
                    POST /mcp HTTP/1.1
                    Host: localhost
                    Content-Type: application/json
                    Expect: 100-continue
                    Content-Length: 2

                    """);
            assertThat(half.head().status()).isEqualTo(100);
            var first = replies.poll(Eventually.SECONDS, TimeUnit.SECONDS);

            var stopped = CompletableFuture.supplyAsync(() -> server.transport.stop(GRACE));
            Eventually.holds(() -> isRefused(server.port()));
            half.send("{}");
            var second = replies.poll(Eventually.SECONDS, TimeUnit.SECONDS);
            assertThat(stopped).isNotDone();
            assertThat(first).isNotNull();
            assertThat(second).isNotNull();
            first.answer(ReplyStatus.RESULT, DONE);
            second.answer(ReplyStatus.RESULT, DONE);

            assertThat(answered.answer().body()).isEqualTo("done");
            assertThat(half.answer().body()).isEqualTo("done");
            assertThat(stopped.get(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void letsStreamsEndWithTheirLastMessage() throws Exception {
        var replies = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> {
                    reply.open(ReplyStatus.RESULT);
                    replies.add(reply);
                });
                var client = server.connect().get("/mcp")) {
            var stream = replies.take();
            var stopped = CompletableFuture.supplyAsync(() -> server.transport.stop(GRACE));
            Eventually.holds(() -> isRefused(server.port()));
            stream.offer(Event.of(DONE));
            stream.end();

            assertThat(client.answer().body()).isEqualTo("data: done\n\n");
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(stopped.get(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void saysWhenSomethingWasLost() {
        try (var server = answering((in, reply) -> {});
                var client = server.connect().post("1")) {
            Eventually.holds(() -> server.metrics.connections() == 1);

            assertThat(server.transport.stop(Duration.ofMillis(50))).isFalse();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void doesNotWaitLongerThanTheGraceForAClientThatTakesNothing() {
        var large = new byte[64 << 20];
        var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, large));
        try (var client = server.connect().post("1")) {
            assertThat(client.head().status()).isEqualTo(200);

            assertThat(server.transport.stop(Duration.ofMillis(300))).isFalse();
        }
    }

    @Test
    void losesNothingWithAClientThatOnlyMightHaveAskedAgain() {
        var server = answering(DrainTest::echo);
        try (var client = server.connect()) {
            client.post("1").answer();

            assertThat(server.transport.stop(Duration.ofMillis(1))).isTrue();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void countsNoClientThatLeftAsLost() throws Exception {
        var arrived = new LinkedBlockingQueue<Reply>();
        try (var server = answering((in, reply) -> arrived.add(reply))) {
            try (var client = server.connect().post("1")) {
                arrived.take();
                client.vanish();
            }
            assertThat(server.transport.stop(GRACE)).isTrue();
        }
    }

    @RepeatedTest(3)
    void answersEveryRequestUnderLoad() throws Exception {
        var server = answering(DrainTest::sometimesLater);
        int port = server.port();
        var answered = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> clients = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                clients.add(threads.submit(() -> askUntilToldToGo(port, answered)));
            }
            Eventually.holds(() -> answered.get() > 2_000);

            assertThat(server.transport.stop(GRACE)).isTrue();

            for (var client : clients) {
                assertThat(client.get()).isEqualTo("told to go");
            }
        }
    }

    private static String askUntilToldToGo(int port, AtomicInteger answered) {
        try (var client = new RawClient("127.0.0.1", port)) {
            while (true) {
                var answer = client.post("{\"n\":1}").answer();
                if (answer.status() != 200 || !answer.body().equals("{\"n\":1}")) {
                    return "got " + answer;
                }
                answered.incrementAndGet();
                if (answer.field("connection").equals("close")) {
                    return "told to go";
                }
            }
        }
    }

    private static void sometimesLater(IncomingMessage in, Reply reply) {
        if (ThreadLocalRandom.current().nextInt(3) == 0) {
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000));
                echo(in, reply);
            });
        } else {
            echo(in, reply);
        }
    }

    private static void echo(IncomingMessage in, Reply reply) {
        reply.answer(ReplyStatus.RESULT, in.body());
    }

    private static boolean isRefused(int port) {
        try (var client = new RawClient("127.0.0.1", port)) {
            return client.socket().isClosed();
        } catch (UncheckedIOException e) {
            return e.getCause() instanceof ConnectException;
        }
    }
}
