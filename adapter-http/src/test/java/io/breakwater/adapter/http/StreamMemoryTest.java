package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What open streams hold of the memory budget, and in whose name. */
class StreamMemoryTest {
    private static final int BODY = 50_000;
    private static final int LARGE = 32 << 20;

    private final MemoryBudget memory = new MemoryBudget(1 << 30, 1);
    private final BlockingQueue<Reply> held = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void anIdleStreamHoldsNothingOfTheMessageThatOpenedIt() {
        var server = within((inbound, reply) -> {
            reply.open(ReplyStatus.RESULT);
            inbound.memory().releaseMessage(0);
        });
        server.endpoint.weighing(body -> 3L * body.length);
        for (int i = 0; i < 20; i++) {
            assertThat(connect(server).post("x".repeat(BODY)).head().status()).isEqualTo(200);
        }

        Eventually.holds(() -> memory.used() == 20L * StreamQueue.WEIGHT);
        assertThat(StreamQueue.WEIGHT).isLessThan(4 * 1024);
    }

    @Test
    void aMessageIsCountedInTheNameOfItsAddress() throws Exception {
        var server = within((inbound, reply) -> held.add(reply));
        connect(server).post("x".repeat(BODY));
        next();

        assertThat(memory.account("127.0.0.1").used()).isEqualTo(BODY);
    }

    @Test
    void theLastAnswerOfAStreamIsCountedUntilItIsTaken() throws Exception {
        var server = within((inbound, reply) -> held.add(reply));
        var client = connect(server).post("1");
        var reply = next();
        reply.open(ReplyStatus.RESULT);
        reply.endWith(Event.of("x".repeat(LARGE).getBytes(UTF_8)));

        assertThat(memory.used()).isGreaterThan(LARGE);
        client.vanish();
        Eventually.holds(() -> memory.used() == 0);
    }

    private RunningServer within(BiConsumer<IncomingMessage, Reply> script) {
        var server = RunningServer.within(memory, HttpSettings.defaults(), script);
        open.add(server);
        return server;
    }

    private RawClient connect(RunningServer server) {
        var client = server.connect();
        open.addFirst(client);
        return client;
    }

    private Reply next() throws InterruptedException {
        return Objects.requireNonNull(held.poll(Eventually.SECONDS, TimeUnit.SECONDS), "nothing arrived");
    }
}
