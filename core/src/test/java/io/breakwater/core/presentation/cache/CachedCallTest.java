package io.breakwater.core.presentation.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.cache.SampleReplica.Document;
import io.breakwater.core.presentation.cache.SampleReplica.Seen;
import io.breakwater.port.Json;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One server with the tier in memory alone. */
class CachedCallTest {
    private final DocumentArchive archive = new DocumentArchive();
    private final TimedExecutors executors = new TimedExecutors();
    private final SampleReplica replica = new SampleReplica(archive, executors, plan -> plan);

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void makesAResultOnceAndSaysWhereItCameFrom() {
        archive.write("1", "one");

        assertThat(replica.find("1")).isEqualTo(new Seen("one", "miss"));
        assertThat(replica.find("1")).isEqualTo(new Seen("one", "hit"));
        assertThat(replica.find("2")).isEqualTo(new Seen("none", "miss"));
        assertThat(archive.readings()).isEqualTo(2);
    }

    @Test
    void aWriteIsSeenByTheNextReading() {
        archive.write("1", "old");
        replica.find("1");
        replica.find("2");

        replica.save("1", "new");

        assertThat(replica.find("1")).isEqualTo(new Seen("new", "miss"));
        assertThat(replica.find("2")).isEqualTo(new Seen("none", "hit"));
    }

    @Test
    void aReadingThatAWriteOvertookIsNotKept() {
        archive.write("1", "old");
        archive.onReading(id -> {
            archive.onReading(again -> {});
            replica.save("1", "new");
        });

        assertThat(replica.find("1")).isEqualTo(new Seen("old", "bypass"));
        assertThat(replica.find("1")).isEqualTo(new Seen("new", "miss"));
    }

    @Test
    void errorsAreNotKept() {
        archive.onReading(id -> {
            throw new ToolException(ErrorCode.NOT_FOUND, "gone");
        });
        assertThat(replica.find("1").status()).isEqualTo("error");
        archive.onReading(id -> {});

        assertThat(replica.find("1")).isEqualTo(new Seen("none", "miss"));
    }

    @Test
    void anEndedResultIsGivenWhileANewerOneIsMade() {
        archive.write("1", "old");
        replica.find("1");
        archive.write("1", "new");
        executors.pass(SampleReplica.TTL);

        assertThat(replica.find("1")).isEqualTo(new Seen("old", "stale"));

        Eventually.holds(() -> replica.find("1").equals(new Seen("new", "hit")));
        assertThat(archive.readings()).isEqualTo(2);
    }

    @Test
    void loadsAnExpiredResultBeforeItReturns() {
        archive.write("1", "old");
        replica.find("1");
        archive.write("1", "new");
        executors.pass(SampleReplica.TTL.plusSeconds(30));

        assertThat(replica.find("1")).isEqualTo(new Seen("new", "miss"));
    }

    @Test
    void itIsGivenWhenNoNewerOneCanBeMade() {
        archive.write("1", "old");
        replica.find("1");
        archive.onReading(id -> {
            throw new ToolException(ErrorCode.EXTERNAL_ERROR, "The archive is closed.");
        });

        executors.pass(SampleReplica.TTL.plusSeconds(60));
        assertThat(replica.find("1")).isEqualTo(new Seen("old", "stale"));

        executors.pass(SampleReplica.TTL);
        assertThat(replica.find("1").status()).isEqualTo("error");
    }

    @Test
    void itIsNotGivenInsteadOfAnAnswerThatIsAnError() {
        replica.find("1");
        archive.onReading(id -> {
            throw new ToolException(ErrorCode.NOT_FOUND, "gone");
        });
        executors.pass(SampleReplica.TTL.plusSeconds(60));

        assertThat(replica.find("1").status()).isEqualTo("error");
    }

    @Test
    void itIsGivenWhenTheTimeOfTheCallIsOver() {
        archive.write("1", "old");
        replica.find("1");
        var never = new java.util.concurrent.CountDownLatch(1);
        var reading = new java.util.concurrent.CountDownLatch(1);
        archive.onReading(id -> {
            reading.countDown();
            never.await();
        });
        executors.pass(SampleReplica.TTL.plusSeconds(60));

        var call = replica.begin("1");
        Eventually.holds(() -> reading.getCount() == 0);
        executors.pass(Duration.ofSeconds(31));

        assertThat(SampleReplica.seen(call)).isEqualTo(new Seen("old", "stale"));
    }

    @Test
    void aChangedDefinitionInvalidatesResults() {
        archive.write("1", "one");
        replica.find("1");

        replica.server().removeTool("find");
        replica.server()
                .add(SampleReplica.finder()
                        .description("Finds another way.")
                        .handler((args, call) -> new Document("other")));

        assertThat(replica.find("1")).isEqualTo(new Seen("other", "miss"));
    }

    @Test
    void anotherDataSourceHasResultsOfItsOwn() {
        replica.find("1");

        replica.server().removeTool("find");
        replica.server()
                .add(SampleReplica.finder()
                        .cacheSource("elsewhere")
                        .handler((args, call) -> new Document("elsewhere")));

        assertThat(replica.find("1")).isEqualTo(new Seen("elsewhere", "miss"));
    }

    @Test
    void aFailedRefreshIsNotTriedAgainAtOnce() {
        replica.find("1");
        var tries = new AtomicInteger();
        archive.onReading(id -> {
            tries.incrementAndGet();
            throw new ToolException(ErrorCode.EXTERNAL_ERROR, "The archive is closed.");
        });
        executors.pass(SampleReplica.TTL);

        assertThat(replica.find("1").status()).isEqualTo("stale");
        Eventually.holds(() -> replica.counted("memory", "error") == 1);
        for (int i = 0; i < 10; i++) {
            assertThat(replica.find("1").status()).isEqualTo("stale");
        }
        assertThat(tries).hasValue(1);

        executors.pass(Duration.ofSeconds(2));
        replica.find("1");
        Eventually.holds(() -> tries.get() == 2);
    }

    @Test
    void aRefreshThatReturnsAnErrorIsNotTriedAgainAtOnce() {
        var loads = new AtomicInteger();
        replica.server().removeTool("find");
        replica.server()
                .add(Tool.named("find")
                        .description("Finds a document.")
                        .input(SampleReplica.Find.class)
                        .readOnly()
                        .cacheFor(SampleReplica.TTL)
                        .handler((args, call) -> loads.incrementAndGet() == 1
                                ? ToolResult.structured(
                                        Json.object().put("text", "one").build())
                                : ToolResult.error("The archive is closed.")));
        replica.find("1");
        executors.pass(SampleReplica.TTL);

        assertThat(replica.find("1").text()).isEqualTo("one");
        Eventually.holds(() -> replica.counted("memory", "error") == 1);
        for (int i = 0; i < 10; i++) {
            assertThat(replica.find("1").text()).isEqualTo("one");
        }

        assertThat(loads).hasValue(2);
    }

    @Test
    void whatItDoesIsCounted() {
        replica.find("1");
        replica.find("1");
        replica.save("1", "new");

        assertThat(replica.counted("memory", "miss")).isEqualTo(1);
        assertThat(replica.counted("memory", "hit")).isEqualTo(1);
        assertThat(replica.counted("memory", "write")).isEqualTo(1);
        assertThat(replica.counted("memory", "invalidation")).isEqualTo(1);
    }
}
