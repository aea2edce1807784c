package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the heads of requests hold of the memory budget, and how many fields they may have. */
class HeadMemoryTest {
    private static final int SHARE = 1 << 20;
    private static final int MOST_FIELDS = HttpSettings.defaults().limits().headFields();
    private static final String HEAD = "POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";
    private static final String LARGE = HEAD + ("x: " + "y".repeat(100) + "\n").repeat(80);
    private static final int LARGE_WEIGHT = 80 * (100 + HeadMeter.FIELD);

    private final MemoryBudget memory = new MemoryBudget(4L * SHARE, 0.25);
    private final BlockingQueue<Reply> held = new LinkedBlockingQueue<>();
    private final RunningServer server =
            RunningServer.within(memory, HttpSettings.defaults(), (inbound, reply) -> held.add(reply));
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
        server.close();
    }

    @Test
    void acceptsHeaderFieldsUpToTheLimit() throws Exception {
        var client = connect().send(HEAD + "a:\n".repeat(MOST_FIELDS - 3) + "Content-Length: 2\n\n{}");
        held.take().answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));

        assertThat(client.answer().status()).isEqualTo(200);
    }

    @Test
    void rejectsOneHeaderFieldMoreAndNamesTheLimit() {
        var client = connect().send(HEAD + "a:\n".repeat(MOST_FIELDS - 2) + "Content-Length: 2\n\n{}");
        var answer = client.answer();

        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("HttpSettings.Limits.headFields");
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(server.metrics.refused("head_fields")).isOne();
    }

    @Test
    void rejectsTooManyHeaderFieldsBeforeTheHeadIsComplete() {
        assertThat(connect().send(HEAD + "a:\n".repeat(MOST_FIELDS)).answer().status())
                .isEqualTo(431);
    }

    @Test
    void countsTheHeaderFieldsOfEachRequestSeparately() throws Exception {
        var client = connect();
        for (int i = 0; i < 3; i++) {
            client.send(HEAD + "a:\n".repeat(MOST_FIELDS / 2) + "Content-Length: 2\n\n{}");
            held.take().answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void countsALargeHeadWhileItIsNotComplete() {
        var client = connect().send(LARGE);
        Eventually.holds(() -> memory.used() >= LARGE_WEIGHT);

        client.vanish();
        givenBack();
    }

    @Test
    void countsALargeHeadUntilItsRequestIsAnswered() throws Exception {
        var client = connect().send(LARGE + "Content-Length: 2\n\n");
        Eventually.holds(() -> memory.used() >= LARGE_WEIGHT);
        client.send("{}");
        var reply = held.take();
        assertThat(memory.used()).isGreaterThanOrEqualTo(LARGE_WEIGHT);
        reply.answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));

        assertThat(client.answer().status()).isEqualTo(200);
        givenBack();
    }

    @Test
    void rejectsALargeHeadWithoutMemoryAndServesSmallOnes() throws Exception {
        int most = SHARE / LARGE_WEIGHT;
        for (int i = 0; i < most; i++) {
            connect().send(LARGE);
        }
        Eventually.holds(() -> memory.used() > SHARE - 2 * LARGE_WEIGHT);
        var refused = java.util.stream.Stream.generate(() -> connect().send(LARGE))
                .limit(3)
                .toList()
                .getLast()
                .answer();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.field("retry-after")).isNotEmpty();
        assertThat(memory.used()).isLessThanOrEqualTo(SHARE);
        var small = connect().post("{}");
        held.take().answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));
        assertThat(small.answer().status()).isEqualTo(200);
    }

    @Test
    void keepsCountingTheHeadOfARefusedRequestWhoseBodyNeverCame() {
        var client = connect().send(LARGE.replace("/mcp", "/nowhere") + "Content-Length: 2\n\n");

        assertThat(client.answer().status()).isEqualTo(404);
        assertThat(client.isClosedByServer()).isTrue();
        givenBack();
    }

    @Test
    void readsOneHeadAheadOfTheAnswerAndNoMore() throws Exception {
        var client = connect();
        client.send((LARGE + "Content-Length: 2\n\n{}").repeat(8));
        for (int i = 0; i < 8; i++) {
            var reply = held.take();
            assertThat(memory.used()).isLessThan(3 * LARGE_WEIGHT);
            reply.answer(ReplyStatus.RESULT, Integer.toString(i).getBytes(UTF_8));
            assertThat(client.answer().body()).isEqualTo(Integer.toString(i));
        }
        givenBack();
    }

    @Test
    void countsTrailersUntilTheyAreComplete() throws Exception {
        var client = connect().send(HEAD + "Transfer-Encoding: chunked\n\n0\nx: y\n");
        Eventually.holds(() -> memory.used() > 0);
        client.send("\n");
        held.take().answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));

        assertThat(client.answer().status()).isEqualTo(200);
        givenBack();
    }

    @Test
    void countsTheFirstPieceOfABodyThatIsNotComplete() {
        var client = connect().send(HEAD + "Content-Length: 8192\n\n" + "x".repeat(8191));
        Eventually.holds(() -> memory.used() == 8192);

        client.vanish();
        givenBack();
    }

    @Test
    void countsHeadsAndBodiesOfHttp2Streams() {
        try (var client = new RawHttp2("127.0.0.1", server.port())) {
            Eventually.holds(() -> memory.used() > 0);
            long idle = memory.used();
            client.head(1, "content-length", "8192", "x", "y".repeat(50)).data(1, "x".repeat(8191));
            Eventually.holds(() -> memory.used() >= idle + HeadMeter.STREAM + 50 + 8192);
        }
        givenBack();
    }

    @Test
    void rejectsOnlyTheStreamWithTooManyHeaderFields() throws Exception {
        var many = new String[2 * MOST_FIELDS];
        java.util.Arrays.fill(many, "a");
        try (var client = new RawHttp2("127.0.0.1", server.port())) {
            client.head(1).body(1, "{}");
            var reply = held.take();
            client.head(3, many).body(3, "{}");
            var refused = client.await(RawHttp2.DATA);
            assertThat(refused.stream()).isEqualTo(3);
            assertThat(new String(refused.payload(), UTF_8)).contains("431", "HttpSettings.Limits.headFields");

            reply.answer(ReplyStatus.RESULT, "done".getBytes(UTF_8));
            assertThat(client.await(RawHttp2.DATA).stream()).isEqualTo(1);
        }
        givenBack();
    }

    @Test
    void rejectsOnlyTheStreamsWithoutMemory() throws Exception {
        try (var client = new RawHttp2("127.0.0.1", server.port())) {
            int streams = HttpSettings.defaults().limits().requestsPerConnection();
            for (int i = 0; i < streams; i++) {
                client.head(2 * i + 1, "content-length", "20000").data(2 * i + 1, "x".repeat(600));
            }
            var refused = client.await(RawHttp2.DATA);

            assertThat(new String(refused.payload(), UTF_8)).contains("503", "MemoryLimits.bytes");
            assertThat(memory.used()).isLessThanOrEqualTo(SHARE);
        }
        givenBack();
    }

    private RawClient connect() {
        var client = server.connect();
        open.add(client);
        return client;
    }

    private void givenBack() {
        Eventually.holds(() -> memory.used() == 0);
    }
}
