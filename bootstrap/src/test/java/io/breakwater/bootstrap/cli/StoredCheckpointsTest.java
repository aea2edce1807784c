package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.adapter.postgres.store.StoreSettings;
import io.breakwater.bootstrap.audit.CheckpointCopies;
import io.breakwater.bootstrap.audit.FileAuditLog;
import io.breakwater.bootstrap.audit.FileAuditSettings;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.Json;
import io.breakwater.port.contract.AuditLogContract;
import io.breakwater.port.driven.AuditLog.Durability;
import io.breakwater.port.driven.CheckpointStore.LogCheckpoint;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of checkpoints in a real store, which show changes by the owner of the key. */
@Tag("server")
class StoredCheckpointsTest {
    private static final String LOG = "example.com/log";

    private final PostgresServer server = PostgresServer.newest();
    private final String url = server.url(server.newDatabase(), "postgres");

    @TempDir
    private Path folder = Path.of("");

    private CommandRun breakwater = new CommandRun(folder);

    @BeforeEach
    void shell() {
        breakwater = new CommandRun(folder)
                .variable("STORE_URL", url)
                .variable("BREAKWATER_STORE_POOL_ACQUIRE_TIMEOUT", "5m")
                .variable("BREAKWATER_AUDIT_FOLDER", log().toString());
    }

    private Path log() {
        return folder.resolve("audit");
    }

    private void write(int from, int to) {
        var settings = new FileAuditSettings(log(), LOG, "t", null, Duration.ofHours(1));
        try (var log = FileAuditLog.open(settings, CheckpointCopies.NONE)) {
            log.append(
                    IntStream.range(from, to)
                            .<AuditEntry>mapToObj(i -> AuditLogContract.entry("call-" + i))
                            .toList(),
                    Durability.PROCESS);
        }
    }

    /** Stores the checkpoint of the log, as its server does; returns whether the store accepts it. */
    private boolean copy(int size) throws IOException {
        var checkpoint = new LogCheckpoint(LOG, size, Files.readString(log().resolve("checkpoint")));
        var pool = new PoolSettings(1, 1, Eventually.LIMIT, Duration.ZERO);
        try (var store = PostgresStore.open(
                StoreSettings.forUrl(ConnectionString.of(url)).withPool(pool))) {
            return store.checkpoints()
                    .add(checkpoint, ManualCallContext.unhurried())
                    .isEmpty();
        }
    }

    private int verify() {
        return breakwater.run("audit", "verify", "--against", "store");
    }

    /** Begins the log anew with its keys, as the owner of the machine can. */
    private void rewrite() throws IOException {
        var keys = folder.resolve("keys");
        Files.createDirectory(keys);
        for (var name : List.of("signing-key", "verifier-key", "digest-key")) {
            Files.copy(log().resolve(name), keys.resolve(name));
        }
        Scratch.delete(log());
        Files.move(keys, log());
    }

    @Test
    void anUnchangedLogAgreesWithItsCopies() throws IOException {
        write(0, 100);
        assertThat(copy(100)).isTrue();
        write(100, 300);
        assertThat(copy(300)).isTrue();
        write(300, 310);

        assertThat(verify()).as(breakwater.err()).isZero();
        assertThat(breakwater.out())
                .isEqualTo("The audit log example.com/log is unchanged: 310 entries."
                        + " Checkpoints from elsewhere confirm the first 300.\n");
    }

    @Test
    void aRewrittenLogDoesNot() throws IOException {
        write(0, 100);
        copy(100);
        write(100, 300);
        copy(300);
        rewrite();
        write(0, 200);
        write(201, 400);

        assertThat(breakwater.run("audit", "verify")).as("on its own").isZero();
        assertThat(verify()).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.out())
                .contains("checkpoint: The history was rewritten: the first 300 entries are not those")
                .contains("; the first 100 entries are.");
    }

    @Test
    void aLogWhoseEndWasCutOffDoesNot() throws IOException {
        write(0, 300);
        copy(300);
        rewrite();
        write(0, 200);

        assertThat(copy(200)).as("the store notices").isFalse();
        assertThat(breakwater.run("audit", "verify")).as("on its own").isZero();
        assertThat(breakwater.run("audit", "verify", "--against", "store", "-o", "json"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(((Json.Obj) Json.parse(breakwater.out())).get("findings"))
                .asString()
                .contains("it has 200 entries, and a checkpoint from elsewhere signs 300.");
    }

    @Test
    void aLogWithAnotherKeyUnderTheSameNameDoesNot() throws IOException {
        write(0, 10);
        copy(10);
        Scratch.delete(log());
        write(0, 10);

        assertThat(verify()).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("has not signed it", "The key of the log was replaced");
    }

    @Test
    void saysWhenThereAreNoCopies() {
        write(0, 1);

        assertThat(verify()).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("The store has no checkpoint of the audit log example.com/log.");

        breakwater.variable("STORE_URL", "");
        assertThat(verify()).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("The copies of checkpoints are in the store. Set store.url.");
    }
}
