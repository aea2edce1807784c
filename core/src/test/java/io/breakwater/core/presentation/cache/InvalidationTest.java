package io.breakwater.core.presentation.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.cache.SampleReplica.Save;
import io.breakwater.core.presentation.cache.SampleReplica.Saved;
import io.breakwater.core.presentation.cache.SampleReplica.Seen;
import io.breakwater.port.PortException;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a write ends, what it may have made untrue is given no more. */
class InvalidationTest {
    private final DocumentArchive archive = new DocumentArchive();
    private final TimedExecutors executors = new TimedExecutors();
    private final SampleReplica replica = new SampleReplica(archive, executors, plan -> plan);
    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @BeforeEach
    void keepSomething() {
        archive.write("1", "old");
        replica.find("1");
        replica.find("2");
        assertThat(replica.find("1")).isEqualTo(new Seen("old", "hit"));
    }

    @AfterEach
    void close() {
        go.countDown();
        replica.close();
    }

    /** After the text is written, something happens. */
    private void saving(ExecutionMode mode, DocumentArchive.Between then) {
        replica.server().removeTool("save");
        replica.server()
                .add(saver().executionMode(mode)
                        .invalidates((args, saved) -> Set.of("document:" + args.id()))
                        .handler((args, call) -> {
                            archive.write(args.id(), args.text());
                            then.reading(args.id());
                            return new Saved(true);
                        }));
    }

    private static Tool.Builder<Save, Saved> saver() {
        return Tool.named("save")
                .description("Changes a document.")
                .input(Save.class)
                .output(Saved.class);
    }

    private void assertSeen() {
        assertThat(replica.find("1").text()).isEqualTo("new");
        assertThat(replica.find("2").status()).isEqualTo("hit");
    }

    @ParameterizedTest
    @EnumSource
    void noticesAWriteInAnyExecutionMode(ExecutionMode mode) {
        saving(mode, id -> {});

        replica.save("1", "new");

        assertSeen();
    }

    @Test
    void aWriteThatFailsAfterwardsIsSeen() {
        saving(ExecutionMode.VIRTUAL, id -> {
            throw new PortException.UnavailableException("The connection broke.", null, null);
        });

        replica.save("1", "new");

        assertSeen();
    }

    @Test
    void aWriteRejectedAsAConflictInvalidatesResults() {
        saving(ExecutionMode.VIRTUAL, id -> {
            throw new ToolException(ErrorCode.CONFLICT, "Somebody else changed it first.");
        });

        replica.save("1", "new");

        assertSeen();
    }

    @Test
    void aWriteWhoseTimeIsOverIsSeenBeforeItEnds() {
        saving(ExecutionMode.VIRTUAL, id -> {
            written.countDown();
            waitWhateverHappens();
        });

        var saving = replica.beginSaving("1", "new");
        Eventually.holds(() -> written.getCount() == 0);
        executors.pass(Duration.ofSeconds(31));
        saving.await();

        Eventually.holds(() -> replica.find("1").text().equals("new"));
        assertThat(replica.find("2").status()).isEqualTo("hit");
    }

    private void waitWhateverHappens() {
        while (go.getCount() > 0) {
            try {
                go.await();
            } catch (InterruptedException ignored) {
                Objects.requireNonNull(go); // it goes on all the same
            }
        }
    }

    @Test
    @CoversOutage("cache invalidation: application code throwing in a function for tags")
    void aToolThatCannotSayWhatItMadeUntrueMakesEverythingSo() {
        replica.server().removeTool("save");
        replica.server()
                .add(saver().invalidates((args, saved) -> {
                            throw new IllegalStateException("I do not know");
                        })
                        .handler((args, call) -> {
                            archive.write(args.id(), args.text());
                            return new Saved(true);
                        }));

        replica.save("1", "new");

        assertThat(replica.find("1").text()).isEqualTo("new");
        assertThat(replica.find("2").status()).isEqualTo("miss");
    }
}
