package io.breakwater.core.presentation.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.cache.SampleReplica.Document;
import io.breakwater.core.presentation.cache.SampleReplica.Seen;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Limits;
import io.breakwater.server.client.PendingRequest;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many calls want the same result at the same time. */
class SingleFlightTest {
    private static final int MANY = 1_000;

    private final DocumentArchive archive = new DocumentArchive();
    private final Semaphore go = new Semaphore(0);
    private final AtomicInteger reading = new AtomicInteger();
    private final SampleReplica replica = new SampleReplica(
            archive, ServerExecutors.standard(), plan -> plan.limits(Limits.STANDARD.withConcurrency(2 * MANY)));

    @AfterEach
    void close() {
        go.release(MANY);
        replica.close();
    }

    private void waitInReading() {
        archive.onReading(id -> {
            reading.incrementAndGet();
            go.acquire();
        });
    }

    private List<PendingRequest> many(int count) {
        var all = new ArrayList<PendingRequest>();
        for (int i = 0; i < count; i++) {
            all.add(replica.begin("1"));
        }
        return all;
    }

    @Test
    void itIsMadeOnce() {
        waitInReading();
        archive.write("1", "one");

        var all = many(MANY);
        go.release(MANY);

        assertThat(all.stream().map(SampleReplica::seen).map(Seen::text))
                .hasSize(MANY)
                .containsOnly("one");
        assertThat(archive.readings()).isEqualTo(1);
    }

    @Test
    void whoLeadsAndIsCancelledHandsOver() {
        waitInReading();
        var leader = replica.begin("1");
        Eventually.holds(() -> reading.get() == 1);
        var followers = many(3);

        leader.cancel();
        Eventually.holds(() -> reading.get() == 2);
        go.release(MANY);

        assertThat(followers.stream().map(SampleReplica::seen).map(Seen::text)).containsOnly("none");
        assertThat(archive.readings()).isEqualTo(2);
    }

    @Test
    void aCancelledFollowerDoesNotAffectOthers() {
        waitInReading();
        var leader = replica.begin("1");
        Eventually.holds(() -> reading.get() == 1);
        var followers = many(3);

        followers.getFirst().cancel();
        go.release(MANY);

        assertThat(SampleReplica.seen(leader).status()).isEqualTo("miss");
        assertThat(SampleReplica.seen(followers.getLast()).status()).isEqualTo("hit");
        assertThat(archive.readings()).isEqualTo(1);
    }

    @Test
    void aPermanentErrorReachesAllFollowers() {
        archive.onReading(id -> {
            reading.incrementAndGet();
            go.acquire();
            throw new ToolException(ErrorCode.EXTERNAL_ERROR, "The archive is closed.");
        });
        var leader = replica.begin("1");
        Eventually.holds(() -> reading.get() == 1);
        var followers = many(20);
        Eventually.holds(() -> replica.counted("memory", "miss") == 21); // they have looked, and boarded
        go.release(MANY);

        assertThat(SampleReplica.seen(leader).status()).isEqualTo("error");
        assertThat(followers.stream().map(SampleReplica::seen))
                .allSatisfy(seen -> assertThat(seen.text()).contains("EXTERNAL_ERROR", "The archive is closed."));
        assertThat(archive.readings()).isEqualTo(1);
    }

    @Test
    void anErrorOfOneCallIsItsOwn() {
        var failing = new Semaphore(0);
        archive.onReading(id -> {
            if (reading.incrementAndGet() == 1) {
                failing.acquire();
                throw new ToolException(ErrorCode.TIMEOUT, "My time is over.");
            }
            go.acquire();
        });
        var leader = replica.begin("1");
        Eventually.holds(() -> reading.get() == 1);
        var followers = many(3);
        Eventually.holds(() -> replica.counted("memory", "miss") == 4);

        failing.release();
        assertThat(SampleReplica.seen(leader).status()).isEqualTo("error");
        go.release(MANY);

        assertThat(followers.stream().map(SampleReplica::seen).map(Seen::text)).containsOnly("none");
        assertThat(archive.readings()).isEqualTo(2);
    }

    @Test
    void whoWaitsForAToolThatComputesHoldsNoProcessor() throws Exception {
        var computing = new CountDownLatch(1);
        var proceed = new CountDownLatch(1);
        replica.server().removeTool("find");
        replica.server()
                .add(SampleReplica.finder().executionMode(ExecutionMode.CPU).handler((args, call) -> {
                    if (args.id().equals("1")) {
                        computing.countDown();
                        proceed.await();
                    }
                    return new Document(args.id());
                }));
        var leader = replica.begin("1");
        computing.await();
        int processors = Runtime.getRuntime().availableProcessors();
        var followers = many(2 * processors + 200);

        if (processors > 1) {
            assertThat(replica.find("2").text()).isEqualTo("2");
        }
        proceed.countDown();

        assertThat(SampleReplica.seen(leader).text()).isEqualTo("1");
        assertThat(followers.stream().map(SampleReplica::seen).map(Seen::status))
                .containsOnly("hit");
    }
}
