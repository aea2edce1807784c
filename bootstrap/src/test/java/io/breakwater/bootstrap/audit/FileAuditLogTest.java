package io.breakwater.bootstrap.audit;

import static io.breakwater.bootstrap.audit.SampleLogs.append;
import static io.breakwater.bootstrap.audit.SampleLogs.copy;
import static io.breakwater.bootstrap.audit.SampleLogs.entries;
import static io.breakwater.bootstrap.audit.SampleLogs.expected;
import static io.breakwater.bootstrap.audit.SampleLogs.lines;
import static io.breakwater.bootstrap.audit.SampleLogs.open;
import static io.breakwater.bootstrap.audit.SampleLogs.verify;
import static io.breakwater.bootstrap.audit.SampleLogs.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.bootstrap.tlog.NoteSigner;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.AuditEntry.AuditedCall;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.contract.AuditLogContract;
import io.breakwater.port.driven.AuditLog;
import io.breakwater.port.driven.AuditLog.Durability;
import io.breakwater.port.driven.CheckpointStore;
import io.breakwater.port.driven.CheckpointStore.LogCheckpoint;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryCheckpointStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ServerExecutors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest {
    @TempDir
    Path temporary;

    private final List<FileAuditLog> open = new ArrayList<>();

    private Path folder() {
        return temporary.resolve("audit");
    }

    private FileAuditLog opened(Path folder) {
        var log = open(folder);
        open.add(log);
        return log;
    }

    @AfterEach
    void close() {
        open.forEach(FileAuditLog::close);
    }

    @Nested
    class Contract extends AuditLogContract {
        @Override
        protected AuditLog make() {
            return opened(folder());
        }

        @Override
        protected List<String> lines(AuditLog log) throws IOException {
            return SampleLogs.lines(folder());
        }
    }

    @Test
    void continuesALogWhereItEnded() throws IOException {
        write(folder(), 300);
        try (var log = open(folder())) {
            append(log, 300, 700);
        }

        assertThat(lines(folder())).containsExactlyElementsOf(expected(700));
        assertThat(verify(folder()).isValid()).isTrue();
        assertThat(verify(folder()).entries()).isEqualTo(700);
    }

    @Test
    void onlyTheOwnerCanReadTheFiles() throws IOException {
        write(folder(), 300);

        try (var files = Files.walk(folder())) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    @CoversOutage("audit log: process killed")
    void aKilledProcessLosesNoEntry() throws IOException {
        var log = opened(folder());
        append(log, 0, 300);
        log.publish();
        append(log, 300, 900);
        var killed = copy(folder(), temporary.resolve("killed"));

        try (var recovered = open(killed)) {
            append(recovered, 900, 1_000);
        }

        assertThat(lines(killed)).containsExactlyElementsOf(expected(1_000));
        assertThat(verify(killed).isValid()).isTrue();
    }

    /** The file may end anywhere in the last write: in a length, an entry or a checksum. */
    @Test
    @CoversOutage("audit log: process killed")
    void removesATornEntryWhereverItEnds() throws IOException {
        var log = opened(folder());
        append(log, 0, 10);
        log.publish();
        append(log, 10, 12);
        long before = Files.size(folder().resolve("pending"));
        append(log, 12, 13);
        long after = Files.size(folder().resolve("pending"));

        for (long size = before + 1; size < after; size += 41) {
            var torn = copy(folder(), temporary.resolve("torn-" + size));
            try (var channel = Files.newByteChannel(torn.resolve("pending"), StandardOpenOption.WRITE)) {
                channel.truncate(size);
            }
            try (var recovered = open(torn)) {
                append(recovered, 12, 14);
            }
            assertThat(lines(torn)).containsExactlyElementsOf(expected(14));
            assertThat(verify(torn).isValid()).isTrue();
        }
    }

    @Test
    void removesATailOfZerosWhichACrashOfTheMachineCanLeave() throws IOException {
        var log = opened(folder());
        append(log, 0, 3);
        var crashed = copy(folder(), temporary.resolve("crashed"));
        Files.write(crashed.resolve("pending"), new byte[4_096], StandardOpenOption.APPEND);

        try (var recovered = open(crashed)) {
            append(recovered, 3, 4);
        }

        assertThat(lines(crashed)).containsExactlyElementsOf(expected(4));
    }

    /** A crash between the steps of a checkpoint leaves new tiles with the old checkpoint, or old pending entries. */
    @Test
    @CoversOutage("audit log: process killed")
    void continuesAfterACrashInACheckpoint() throws IOException {
        var log = opened(folder());
        append(log, 0, 600);
        var before = copy(folder(), temporary.resolve("before"));
        log.publish();
        var tilesOnly = copy(folder(), temporary.resolve("tiles-only"));
        var withoutPending = copy(folder(), temporary.resolve("checkpoint-only"));
        for (var name : List.of("checkpoint", "pending")) {
            Files.delete(tilesOnly.resolve(name));
            Files.copy(before.resolve(name), tilesOnly.resolve(name));
        }
        Files.delete(withoutPending.resolve("pending"));
        Files.copy(before.resolve("pending"), withoutPending.resolve("pending"));

        for (var crashed : List.of(tilesOnly, withoutPending)) {
            try (var recovered = open(crashed)) {
                append(recovered, 600, 601);
            }
            assertThat(lines(crashed)).containsExactlyElementsOf(expected(601));
            assertThat(verify(crashed).isValid()).isTrue();
        }
    }

    @Test
    @CoversOutage("audit log: audit folder unusable at the start")
    void oneServerAtATimeWritesALog() {
        opened(folder());

        assertThatThrownBy(() -> open(folder()))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("A running server writes the audit log in " + folder() + ". To call that server, use --url"
                        + " http://HOST:PORT/mcp. A second server needs an audit.folder of its own.");
    }

    @Test
    @CoversOutage("audit log: audit folder unusable at the start")
    void saysThatAFileIsNoFolder() throws IOException {
        var file = Files.writeString(temporary.resolve("file"), "x");

        assertThatThrownBy(() -> open(file))
                .hasMessage("The audit log in " + file + " cannot be used: " + file
                        + " is a file and not a folder. Correct the problem, or set audit.folder to another folder.");
    }

    @Test
    @CoversOutage("audit log: audit folder unusable at the start")
    void saysWhatToDoWithoutTheSigningKey() throws IOException {
        var configured = temporary.resolve("key");
        var keyed = new FileAuditSettings(folder(), null, "t", configured, Duration.ofHours(1));
        assertThatThrownBy(() -> FileAuditLog.open(keyed, CheckpointCopies.NONE))
                .hasMessage("The audit log in " + folder() + " cannot be used: its signing key " + configured
                        + " does not exist. Correct audit.signing-key-file.");

        write(folder(), 1);
        Files.delete(folder().resolve("signing-key"));
        assertThatThrownBy(() -> open(folder()))
                .hasMessageContaining("its signing key " + folder().resolve("signing-key")
                        + " does not exist. Restore the file from a backup.");
    }

    @Test
    void deletesPartialTilesThatAnEarlierRunLeft() throws IOException {
        write(folder(), 40);
        for (int entries = 46; entries <= 55; entries += 3) {
            try (var log = open(folder())) {
                append(log, entries, entries + 1);
            }
        }

        try (var bundles = Files.list(folder().resolve("tile/entries/000.p"));
                var hashes = Files.list(folder().resolve("tile/0/000.p"))) {
            assertThat(bundles.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("43", "44");
            assertThat(hashes.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("43", "44");
        }
        assertThat(verify(folder()).isValid()).isTrue();
    }

    /** A thread that holds the monitor stands for a write that hangs. */
    @Test
    void closingDoesNotWaitForAFileSystemThatHangs() throws Exception {
        var log = FileAuditLog.open(SampleLogs.settings(folder()), CheckpointCopies.NONE, Duration.ofMillis(10));
        open.add(log);
        append(log, 0, 3);
        try (var lines = CapturedLog.of(FileAuditLog.class)) {
            synchronized (log) {
                CompletableFuture.runAsync(
                                log::close, task -> Thread.ofVirtual().start(task))
                        .get(Eventually.SECONDS, TimeUnit.SECONDS);
            }

            assertThat(lines.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("The last checkpoint of the audit log in " + folder() + " was not signed within");
        }
        Eventually.holds(() -> isClosed(log));
        assertThat(lines(folder())).containsExactlyElementsOf(expected(3));
    }

    private static boolean isClosed(FileAuditLog log) {
        try {
            log.append(List.of(), Durability.PROCESS);
            return false;
        } catch (PortException.UnavailableException closed) {
            return true;
        }
    }

    @Test
    @CoversOutage("audit log: audit folder unusable at the start")
    void aFolderThatCannotBeUsedIsAnErrorAtTheStart() throws IOException {
        var file = Files.writeString(temporary.resolve("file"), "x");

        assertThatThrownBy(() -> open(file.resolve("audit")))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessageContaining("audit.folder");
    }

    @Test
    @CoversOutage("audit log: audit folder replaced by another one")
    void aRemovedFolderFailsInsteadOfLosingEntriesSilently() throws IOException {
        var log = opened(folder());
        append(log, 0, 3);
        var aside = Files.move(folder(), temporary.resolve("aside"));

        assertThatThrownBy(() -> append(log, 3, 4))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessageContaining("removed");
        assertThatThrownBy(() -> append(log, 3, 4)).isInstanceOf(PortException.UnavailableException.class);

        Files.move(aside, folder());
        append(log, 3, 4);
        assertThat(lines(folder())).containsExactlyElementsOf(expected(4));
    }

    @Test
    @CoversOutage("audit log: audit folder replaced by another one")
    void anEmptyFolderDoesNotTakeThePlaceOfTheLog() throws IOException {
        var log = opened(folder());
        append(log, 0, 3);
        Files.move(folder(), temporary.resolve("aside"));
        Files.createDirectory(folder());

        assertThatThrownBy(() -> append(log, 3, 4)).isInstanceOf(PortException.UnavailableException.class);
        assertThatThrownBy(() -> append(log, 3, 4))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessageContaining("checkpoint is missing");
    }

    /** A file in the place of a folder makes writing of the tile fail, for root too. */
    @Test
    void aTileThatCannotBeWrittenLosesNoEntry() throws IOException {
        var log = opened(folder());
        append(log, 0, 200);
        Files.writeString(folder().resolve("tile"), "in the way");

        append(log, 200, 300); // these are pending
        assertThatThrownBy(() -> append(log, 300, 301))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessageContaining("tile");

        Files.delete(folder().resolve("tile"));
        append(log, 300, 301);
        log.publish();
        assertThat(lines(folder())).containsExactlyElementsOf(expected(301));
        assertThat(verify(folder()).isValid()).isTrue();
    }

    @Test
    void removesAnEntryOfAWriteThatFailedBeforeItIsWrittenAgain() throws IOException {
        var log = opened(folder());
        append(log, 0, 2);
        Files.writeString(folder().resolve("tile"), "in the way");
        append(log, 2, 256); // the tile fails, so the log is opened again

        var extra = PendingFile.open(folder().resolve("pending"), Files.size(folder().resolve("pending")));
        extra.append(List.of("{\"half\":true}".getBytes(UTF_8)), false);
        extra.close();
        Files.delete(folder().resolve("tile"));
        append(log, 256, 257);

        assertThat(lines(folder())).containsExactlyElementsOf(expected(257));
    }

    @Test
    @CoversOutage("audit log: audit folder unusable at the start")
    void aChangedCheckpointOrTileIsAnErrorAtTheStart() throws IOException {
        write(folder(), 10);
        var checkpoint = Files.readString(folder().resolve("checkpoint"));
        Files.writeString(folder().resolve("checkpoint"), checkpoint.replace("\n10\n", "\n9\n"));
        assertThatThrownBy(() -> open(folder())).hasMessageContaining("checkpoint is not valid");

        Files.writeString(folder().resolve("checkpoint"), checkpoint);
        var tile = folder().resolve("tile/0/000.p/10");
        var content = Files.readAllBytes(tile);
        content[5] ^= 1;
        Files.write(tile, content);
        assertThatThrownBy(() -> open(folder())).hasMessageContaining("tiles");
    }

    @Test
    void aLogKeepsItsName() {
        write(folder(), 1);
        var other = new FileAuditSettings(folder(), "example.com/other", "t", null, Duration.ofHours(1));

        assertThatThrownBy(() -> FileAuditLog.open(other, CheckpointCopies.NONE))
                .hasMessageContaining("its name is example.com/log");
    }

    @Test
    void aNewLogWithoutAConfiguredNameHasOneThatNoOtherLogHas() {
        var unnamed = new FileAuditSettings(folder(), null, "shop", null, Duration.ofHours(1));

        try (var log = FileAuditLog.open(unnamed, CheckpointCopies.NONE)) {
            assertThat(log.name()).matches("shop/[0-9a-f]{8}");
        }
    }

    @Test
    void signsWithAConfiguredKey() throws IOException {
        var key = NoteSigner.generate("example.com/keyed");
        var file = Files.writeString(temporary.resolve("key"), key.secretText());
        var keyed = new FileAuditSettings(folder(), null, "t", file, Duration.ofHours(1));

        try (var log = FileAuditLog.open(keyed, CheckpointCopies.NONE)) {
            append(log, 0, 1);
        }

        assertThat(folder().resolve("signing-key")).doesNotExist();
        assertThat(Files.readString(folder().resolve("verifier-key")).strip())
                .isEqualTo(key.verifier().toString());
    }

    @Test
    void noLogLineContainsAKey() throws IOException {
        List<String> lines;
        try (var captured = CapturedLog.of(FileAuditLog.class)) {
            write(folder(), 1);
            lines = captured.lines();
        }
        var secrets = List.of(
                Files.readString(folder().resolve("signing-key")).strip(),
                Files.readString(folder().resolve("digest-key")).strip());

        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain(secrets));
    }

    @Test
    void aCheckpointGoesToTheLogOnlyIfThereAreNewEntries() {
        var log = opened(folder());
        append(log, 0, 1);
        try (var captured = CapturedLog.of(FileAuditLog.class)) {
            log.publish();
            log.publish();

            assertThat(captured.lines()).singleElement().asString().contains("1 entries");
        }
    }

    @Test
    void copiesThePresentCheckpointAtTheStartAndTheLastOneAtTheEnd() throws IOException {
        var link = new SimulatedLink();
        var store = new MemoryCheckpointStore(link);
        link.cut();
        writeAndCopy(folder(), store, 3);
        var missed = Files.readString(folder().resolve("checkpoint"));
        link.mend();

        writeAndCopy(folder(), store, 0);
        assertThat(store.find("example.com/log", ManualCallContext.unhurried()))
                .as("a start copies what an outage prevented")
                .containsExactly(new LogCheckpoint("example.com/log", 3, missed));

        writeAndCopy(folder(), store, 4);
        assertThat(store.find("example.com/log", ManualCallContext.unhurried()))
                .last()
                .isEqualTo(new LogCheckpoint("example.com/log", 7, Files.readString(folder().resolve("checkpoint"))));
    }

    private static void writeAndCopy(Path folder, CheckpointStore store, int entries) {
        try (var threads = ServerExecutors.standard()) {
            var copies = CheckpointCopies.to(List.of(new CheckpointTable(store)), threads);
            try (var log = FileAuditLog.open(SampleLogs.settings(folder), copies)) {
                append(log, 0, entries);
            }
        }
    }

    /** A start reads all pending entries, so that a checkpoint comes before they fill the memory. */
    @Test
    void manyPendingEntriesCauseACheckpointBeforeItIsDue() throws IOException {
        var log = opened(folder());
        var large = "\u0001".repeat(180);
        var call = new AuditedCall(
                "id", large, large, large, Principal.Kind.USER, large, large, large, "0".repeat(64), true);
        var entry = new AuditEntry.End(Instant.EPOCH, call, "ok", null);
        int entries = (int) (FileAuditLog.MAX_PENDING_BYTES / entry.line("example.com/log").length) + 1;

        log.append(Collections.nCopies(entries, entry), Durability.PROCESS);

        Eventually.holds(() -> verify(folder()).entries() == entries);
    }

    @Test
    void textsOfAMebibyteFitIntoTheLog() throws IOException {
        var huge = "\ud83d\ude00\u0007".repeat(1 << 20);
        var caller = Principal.of(huge, huge).withTenant(huge).viaClient(huge);
        var call = AuditedCall.of("id", caller, huge, huge, null);
        try (var log = open(folder())) {
            log.append(
                    List.of(
                            new AuditEntry.Start(Instant.EPOCH, call),
                            new AuditEntry.End(Instant.EPOCH, call, "ok", null)),
                    Durability.MACHINE);
        }

        assertThat(lines(folder()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(16 << 10).contains("sha256:"));
        assertThat(verify(folder()).isValid()).isTrue();
    }

    @Test
    void checkpointsComeByThemselves() throws IOException {
        var often = new FileAuditSettings(folder(), "example.com/log", "t", null, Duration.ofMillis(5));
        try (var log = FileAuditLog.open(often, CheckpointCopies.NONE)) {
            append(log, 0, 3);

            Eventually.holds(() -> SampleLogs.verify(folder()).entries() == 3);
        }
    }

    /** Random sizes of writes, checkpoints, kills and failures of tiles; no entry is lost or written twice. */
    @Test
    void randomHistoriesLoseNothing() throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_124L);
        for (int round = 0; round < 5; round++) {
            var current = temporary.resolve("round-" + round + "-0");
            int written = 0;
            var log = open(current);
            for (int step = 0; step < 12; step++) {
                int count = random.nextInt(200);
                log.append(entries(written, written + count), durability(random));
                written += count;
                if (random.nextInt(4) == 0) {
                    log.publish();
                }
                if (random.nextInt(5) == 0) {
                    var killed = copy(current, temporary.resolve("round-" + round + "-" + (step + 1)));
                    log.close();
                    current = killed;
                    log = open(current);
                }
            }
            log.close();
            assertThat(lines(current)).as("round " + round).containsExactlyElementsOf(expected(written));
            assertThat(verify(current).isValid()).isTrue();
        }
    }

    private static Durability durability(RandomGenerator random) {
        return random.nextInt(10) == 0 ? Durability.MACHINE : Durability.PROCESS;
    }

    @Test
    void isClosedOnce() {
        var log = open(folder());
        log.close();
        log.close();

        assertThatThrownBy(() -> append(log, 0, 1)).isInstanceOf(PortException.UnavailableException.class);
    }
}
