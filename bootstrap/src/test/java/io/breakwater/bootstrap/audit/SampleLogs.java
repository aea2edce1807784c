package io.breakwater.bootstrap.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.bootstrap.tlog.TilePath;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.contract.AuditLogContract;
import io.breakwater.port.driven.AuditLog.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Logs for tests. Their checkpoints are signed when the test says so, because an hour does not pass. */
final class SampleLogs {
    private SampleLogs() {}

    static FileAuditSettings settings(Path folder) {
        return new FileAuditSettings(folder, "example.com/log", "t", null, Duration.ofHours(1));
    }

    static FileAuditLog open(Path folder) {
        return FileAuditLog.open(settings(folder), CheckpointCopies.NONE);
    }

    static List<AuditEntry> entries(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> AuditLogContract.entry("call-" + i))
                .toList();
    }

    static void append(FileAuditLog log, int from, int to) {
        log.append(entries(from, to), Durability.PROCESS);
    }

    /** Writes a log of this many entries, and closes it. */
    static void write(Path folder, int entries) {
        try (var log = open(folder)) {
            append(log, 0, entries);
        }
    }

    static NoteVerifier key(Path folder) throws IOException {
        return NoteVerifier.parse(Files.readString(folder.resolve("verifier-key")));
    }

    static VerificationReport verify(Path folder) throws IOException {
        return LogVerification.verify(new LogFolder(folder), key(folder), List.of(), entries -> {});
    }

    /** Returns all lines: those of the bundles, and the pending ones. */
    static List<String> lines(Path folder) throws IOException {
        var log = new LogFolder(folder);
        long size = SignedCheckpoint.verify(log.readCheckpoint(), key(folder))
                .checkpoint()
                .size();
        var lines = new ArrayList<byte[]>();
        for (long first = 0; first < size; first += TilePath.FULL) {
            int width = (int) Math.min(TilePath.FULL, size - first);
            lines.addAll(log.readEntries(new TilePath(TilePath.ENTRIES, first / TilePath.FULL, width))
                    .subList(0, width));
        }
        lines.addAll(PendingFile.read(folder.resolve("pending")).entries());
        return lines.stream().map(line -> new String(line, UTF_8)).toList();
    }

    static List<String> expected(int entries) {
        return entries(0, entries).stream()
                .map(entry -> new String(entry.line("example.com/log"), UTF_8))
                .toList();
    }

    /** Copies a log as it is on the disk at this moment, which is what a process leaves that is killed. */
    static Path copy(Path folder, Path to) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(folder.relativize(file).toString()));
            }
        }
        return to;
    }
}
