package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What messages hold of the memory budget, from their first piece until the answer is flushed. */
class MemoryTest {
    private static final int SHARE = 200_000;
    private static final int BODY = SHARE / 4;
    private static final String HEAD = "POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final MemoryBudget memory = new MemoryBudget(4L * SHARE, 0.25);
    private final BlockingQueue<Reply> held = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void countsAMessageUntilItsAnswerIsFlushed() throws Exception {
        var server = holding();
        var client = connect(server).post("x".repeat(BODY));
        var reply = next(held);

        assertThat(memory.used()).isEqualTo(BODY);

        reply.answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
        assertThat(client.answer().status()).isEqualTo(200);
        givenBack();
    }

    @Test
    void countsWhatTheMessageWeighsOnceItIsParsed() throws Exception {
        var server = holding();
        server.endpoint.weighing(body -> body.length + 7L);
        connect(server).post("[]");
        next(held);

        assertThat(memory.used()).isEqualTo(2 + 2 + 7);
    }

    @Test
    void countsALargeResultUntilItIsSent() throws Exception {
        var server = holding();
        var client = connect(server).post("1");
        var reply = next(held);
        reply.answer(ReplyStatus.RESULT, new byte[64 << 20]);
        Eventually.holds(() -> memory.used() > 64 << 20);

        client.vanish();
        givenBack();
    }

    @Test
    void refusesAMessageThatFitsNoEmptyShareWith413AndNamesTheLimit() {
        var server = holding();
        server.endpoint.weighing(body -> SHARE);
        var client = connect(server);
        var answer = client.post("[]").answer();

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("MemoryLimits.share", "200002", "200000");
        assertThat(answer.field("retry-after")).isEmpty();
        assertThat(server.metrics.refused("too_heavy")).isOne();
        server.endpoint.weighing(body -> 0);
        assertThat(client.post("next").send("").socket().isClosed()).isFalse();
        givenBackButFor(4);
    }

    @Test
    @CoversOutage("memory budget: memory used up by messages")
    void refusesAMessageThatWaitedForAMomentWith503AndRetryAfter() throws Exception {
        var server = holding();
        connect(server).post("x".repeat(BODY));
        var first = next(held);
        server.endpoint.weighing(body -> SHARE - 4);
        var second = connect(server);
        var answer = second.post("[]").answer();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.field("retry-after"))).isPositive();
        assertThat(answer.body()).contains("MemoryLimits.bytes");
        assertThat(server.metrics.refused("memory")).isOne();
        assertThat(memory.refusals()).isOne();

        first.answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
        server.endpoint.weighing(body -> 0);
        second.post("2");
        next(held).answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
        assertThat(second.answer().status()).isEqualTo(200);
        givenBack();
    }

    @Test
    void doesNotReadABodyWithoutMemory() throws Exception {
        var server = holding();
        var first = fill(server);
        var client = connect(server).send(HEAD + "Content-Length: " + BODY + "\n\n");
        client.send("x".repeat(BODY));
        var answer = client.answer();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(memory.used()).isEqualTo(SHARE);
        first.answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));

        client.post("x".repeat(BODY));
        next(held).answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
        assertThat(client.answer().status()).isEqualTo(200);
        givenBack();
    }

    @Test
    @CoversOutage("memory budget: memory used up by messages")
    void manyUnfinishedBodiesHoldNoMoreThanTheShareAndOthersAreServed() throws Exception {
        var server = holding();
        for (int i = 0; i < 30; i++) {
            connect(server).send(HEAD + "Content-Length: 45000\n\n" + "x".repeat(25_000));
        }
        Eventually.holds(() -> server.metrics.refused("memory") >= 26); // four fit

        assertThat(memory.used()).isLessThanOrEqualTo(SHARE);
        var other = connect(server).post("small");
        next(held).answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
        assertThat(other.answer().status()).isEqualTo(200);
    }

    @Test
    void aStreamRejectsEventsWithoutMemoryUnlessItsQueueIsEmpty() throws Exception {
        var settings =
                HttpSettings.defaults().withStreams(new HttpSettings.Streams(10, 64 << 20, 1_000_000, LONG, LONG));
        var server = within(settings, (inbound, reply) -> held.add(reply));
        var client = connect(server);
        client.post("1");
        var reply = next(held);
        reply.open(ReplyStatus.RESULT);
        var event = Event.of(new byte[10_000]);
        Eventually.holds(() -> reply.offer(event) == OfferResult.FULL);

        assertThat(memory.used()).isBetween(1L, 4L * SHARE);
        client.vanish();
        Eventually.holds(() -> reply.offer(event) == OfferResult.CLOSED);
        givenBack();
    }

    @Test
    void aStreamAcceptsTheResultOfAFinishedCallWithoutMemory() throws Exception {
        var settings = HttpSettings.defaults().withStreams(new HttpSettings.Streams(10, 1_024, 2, LONG, LONG));
        var server = within(settings, (inbound, reply) -> held.add(reply));
        var client = connect(server).post("1");
        var reply = next(held);
        reply.open(ReplyStatus.RESULT);
        var event = Event.of("x".repeat(100_000).getBytes(UTF_8));
        Eventually.holds(() -> reply.offer(event) == OfferResult.FULL);
        reply.endWith(Event.of("the answer".getBytes(UTF_8)));

        assertThat(client.answer().body()).endsWith("data: the answer\n\n");
        givenBack();
    }

    @Test
    void aStreamAcceptsTheResultsOfABatchWithoutMemory() throws Exception {
        var settings = HttpSettings.defaults().withStreams(new HttpSettings.Streams(10, 1_024, 2, LONG, LONG));
        var server = within(settings, (inbound, reply) -> held.add(reply));
        var client = connect(server).post("1");
        var reply = next(held);
        reply.open(ReplyStatus.RESULT);
        var event = Event.of("x".repeat(100_000).getBytes(UTF_8));
        Eventually.holds(() -> reply.offer(event) == OfferResult.FULL);
        reply.deliver(Event.of("one".getBytes(UTF_8)));
        reply.deliver(Event.of("two".getBytes(UTF_8)));
        reply.end();

        assertThat(client.answer().body()).endsWith("data: one\n\ndata: two\n\n");
        givenBack();
    }

    @Test
    void whatWorkRetainsIsCountedUntilThatWorkEnds() throws Exception {
        var inbounds = new LinkedBlockingQueue<IncomingMessage>();
        var server = within(HttpSettings.defaults(), (inbound, reply) -> {
            inbound.memory().retain();
            inbounds.add(inbound);
            reply.answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
        });
        connect(server).post("x".repeat(BODY)).answer();

        assertThat(memory.used()).isEqualTo(BODY);
        next(inbounds).memory().release();
        givenBack();
    }

    @Test
    void givesEverythingBackAfterAStormOfAllWaysToEnd() throws Exception {
        var limits = HttpSettings.Limits.defaults().withTimes(LONG, Duration.ofMillis(300), LONG);
        var server = within(HttpSettings.defaults().withLimits(limits), MemoryTest::anyWay);
        server.endpoint.weighing(body -> body.length * 3L);
        var storms = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            storms.add(Thread.ofVirtual().start(() -> storm(server)));
        }
        for (var storm : storms) {
            storm.join();
        }

        givenBack();
        Eventually.holds(() -> memory.callers() == 0);
    }

    @Test
    void givesEverythingBackWhenTheServerStops() throws Exception {
        var server = holding();
        connect(server).post("x".repeat(BODY));
        next(held);
        connect(server).send(HEAD + "Content-Length: " + BODY + "\n\n" + "x".repeat(BODY / 2));
        connect(server).post("x".repeat(BODY));
        Eventually.holds(() -> memory.used() > BODY);

        server.close();

        givenBack();
    }

    @Test
    void twoProtocolsShareOneAccount() throws Exception {
        var server = holding();
        try (var http2 = new RawHttp2("127.0.0.1", server.port())) {
            Eventually.holds(() -> memory.used() > 0);
            server.endpoint.weighing(body -> SHARE - memory.used() - 1);
            connect(server).post("1");
            next(held);
            http2.head(1).body(1, "{}");

            assertThat(new String(http2.await(RawHttp2.DATA).payload(), UTF_8)).contains("503");
        }
    }

    @Test
    void lowersTheBodyLimitOnlyWhereAShareCouldNotHoldIt() {
        var settings = HttpSettings.defaults();

        assertThat(BodyLimit.lower(settings, new MemoryBudget(12 << 20, 0.25), SettingNames.JAVA))
                .isSameAs(settings);
        assertThat(BodyLimit.lower(settings, new MemoryBudget(6 << 20, 0.25), SettingNames.JAVA)
                        .limits()
                        .bodyBytes())
                .isEqualTo(512 << 10);
    }

    /** An answer, a large one, a stream, none before the client leaves, an error. */
    private static void anyWay(IncomingMessage inbound, Reply reply) {
        switch (inbound.body().length % 5) {
            case 0 -> reply.answer(ReplyStatus.RESULT, new byte[50_000]);
            case 1 -> reply.answer(ReplyStatus.MALFORMED, null);
            case 2 -> {
                reply.open(ReplyStatus.RESULT);
                for (int i = 0; i < 5; i++) {
                    reply.offer(Event.of(new byte[20_000]));
                }
                reply.end();
            }
            case 3 -> throw new IllegalStateException("a fault that a test planted");
            default -> {
                inbound.memory().retain();
                reply.onDisconnect(inbound.memory()::release);
            }
        }
    }

    private static void storm(RunningServer server) {
        var chance = ThreadLocalRandom.current();
        for (int i = 0; i < 25; i++) {
            int length = chance.nextInt(BODY);
            int cut = chance.nextInt(length + 1);
            var client = server.connect();
            client.send(HEAD + "Content-Length: " + length + "\n\n");
            try {
                client.send("x".repeat(i % 3 == 0 ? cut : length));
                if (i % 2 == 0 && length % 5 < 3) {
                    client.answer();
                }
            } catch (java.io.UncheckedIOException | AssertionError refused) {
                // whatever became of it: the memory must come back
            }
            client.vanish();
        }
    }

    private RunningServer holding() {
        return within(HttpSettings.defaults(), (inbound, reply) -> held.add(reply));
    }

    private RunningServer within(HttpSettings settings, BiConsumer<IncomingMessage, Reply> script) {
        var server = RunningServer.within(memory, settings, script);
        open.add(server);
        return server;
    }

    /** One message that holds the whole share. */
    private Reply fill(RunningServer server) throws InterruptedException {
        server.endpoint.weighing(body -> SHARE - body.length);
        connect(server).post("1");
        var reply = next(held);
        server.endpoint.weighing(body -> 0);
        return reply;
    }

    private RawClient connect(RunningServer server) {
        var client = server.connect();
        open.addFirst(client);
        return client;
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(Eventually.SECONDS, TimeUnit.SECONDS), "nothing arrived");
    }

    private void givenBack() {
        givenBackButFor(0);
    }

    private void givenBackButFor(long bytes) {
        Eventually.holds(() -> memory.used() == bytes);
    }
}
