package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that wait for memory; here they wait for as long as it takes. */
class MemoryWaitTest {
    private static final int SHARE = 200_000;
    private static final String HEAD = "POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";
    private static final Duration LONG = Duration.ofMinutes(5);

    /** The time for a body, and so the time that a client has for the rest of it after the wait. */
    private static final Duration BODY_TIME = Duration.ofSeconds(3);

    private final MemoryBudget memory = new MemoryBudget(4L * SHARE, 0.25, LONG);
    private final BlockingQueue<Reply> held = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void aMessageWaitsUntilAnotherOneOfItsCallerIsAnswered() throws Exception {
        var server = holding(HttpSettings.defaults());
        var first = fill(server, 100);
        var weighed = new CountDownLatch(1);
        server.endpoint.weighing(body -> {
            weighed.countDown();
            return SHARE - 4;
        });
        var second = connect(server).post("[]");
        assertThat(weighed.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        answer(first);

        answer(next());
        assertThat(second.answer().status()).isEqualTo(200);
        Eventually.holds(() -> memory.used() == 0);
    }

    @Test
    void continuesToReadABodyWhenMemoryIsFree() throws Exception {
        var server = holding(HttpSettings.defaults());
        var first = fill(server, 0);
        var client = connect(server).send(HEAD + "Transfer-Encoding: chunked\n\n");
        for (int i = 0; i < 4; i++) {
            client.send("2710\n" + "x".repeat(10_000) + "\n");
        }
        client.send("0\n\n");
        answer(first);

        answer(next());
        assertThat(client.answer().status()).isEqualTo(200);
        Eventually.holds(() -> memory.used() == 0);
    }

    @Test
    void theTimeThatABodyWaitsForMemoryIsNotTheClients() throws Exception {
        var limits = HttpSettings.Limits.defaults();
        var server = holding(limits.withTimes(Duration.ofMillis(200), BODY_TIME, LONG));
        var first = fill(server, 100);
        var client = connect(server).send(HEAD + "Content-Length: 45000\n\nx");
        var slow = connect(server).send(HEAD + "Content-Length: 10\n\nx");

        assertThat(slow.answer().status()).isEqualTo(408); // so it is too late for both, if the time counted
        assertThat(server.metrics.refused("slow")).isOne();
        answer(first);
        Eventually.holds(() -> memory.used() > 0 && memory.used() < SHARE - 100);
        aSweepPasses(server);
        assertThat(server.metrics.refused("slow")).isOne();

        client.send("x".repeat(44_999));
        answer(next());
        assertThat(client.answer().status()).isEqualTo(200);
    }

    /** A head that does not come in time is noticed by the sweep that looks at bodies too. */
    private void aSweepPasses(RunningServer server) {
        assertThat(connect(server).send("POST /mcp HTTP/1.1\nHost: lo").answer().status())
                .isEqualTo(408);
    }

    private RunningServer holding(HttpSettings.Limits limits) {
        var times = limits.withTimes(Duration.ofMillis(200), limits.bodyTimeout(), limits.idleTimeout());
        return holding(HttpSettings.defaults().withLimits(times));
    }

    /** On one event loop, so that what happens has an order. */
    private RunningServer holding(HttpSettings settings) {
        var server = RunningServer.within(memory, settings.withEventLoops(1), (inbound, reply) -> held.add(reply));
        open.add(server);
        return server;
    }

    /** A message that leaves this number of bytes of the share. */
    private Reply fill(RunningServer server, int left) throws InterruptedException {
        server.endpoint.weighing(body -> SHARE - left - body.length);
        connect(server).post("1");
        var reply = next();
        server.endpoint.weighing(body -> 0);
        return reply;
    }

    private RawClient connect(RunningServer server) {
        var client = server.connect();
        open.addFirst(client);
        return client;
    }

    private Reply next() throws InterruptedException {
        return Objects.requireNonNull(held.poll(Eventually.SECONDS, TimeUnit.SECONDS), "nothing arrived");
    }

    private static void answer(Reply reply) {
        reply.answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
    }
}
