package io.breakwater.bootstrap.bench.micro;

import static java.util.Objects.requireNonNull;

import io.breakwater.bootstrap.audit.CheckpointCopies;
import io.breakwater.bootstrap.audit.FileAuditLog;
import io.breakwater.bootstrap.audit.FileAuditSettings;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.AuditEntry.AuditedCall;
import io.breakwater.port.CanonicalJson;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AuditLog.Durability;
import io.breakwater.sample.files.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What one entry of the audit log costs: the digest of the arguments, and everything that the writer does with it. */
@State(Scope.Benchmark)
public class AuditBenchmark {
    private static final int BATCH = 1_024;

    private final Json arguments = Json.object().put("message", "hello world").build();
    private Path folder = Path.of("");
    private @Nullable FileAuditLog log;
    private @Nullable AuditEntry entry;

    /** Begins a log, which is deleted after the iteration: it grows by some hundred megabytes. */
    @Setup(Level.Iteration)
    public void open() {
        folder = Scratch.folder("breakwater-bench");
        log = FileAuditLog.open(
                new FileAuditSettings(folder, null, "bench", null, Duration.ofMinutes(1)), CheckpointCopies.NONE);
        var caller = Principal.of("load");
        var call = AuditedCall.of("4f1c09ab-1y2p0ij32e8e7", caller, "tools/call", "echo", digest());
        entry = new AuditEntry.End(Instant.now(), call, "ok", Duration.ofNanos(53_219));
    }

    /** The digest of the arguments, which the thread of the call computes. */
    @Benchmark
    public String digest() {
        return requireNonNull(log).digest(CanonicalJson.bytes(arguments));
    }

    /** The line of an entry. */
    @Benchmark
    public byte[] line() {
        return requireNonNull(entry).line("shop/1f0c22aa");
    }

    /** An entry in the log: its line, its hash, and its share of the writes to files. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<AuditEntry> append() {
        AuditEntry present = requireNonNull(entry);
        List<AuditEntry> batch = Collections.nCopies(BATCH, present);
        requireNonNull(log).append(batch, Durability.PROCESS);
        return batch;
    }

    /** Ends the log. */
    @TearDown(Level.Iteration)
    public void close() {
        requireNonNull(log).close();
        Scratch.delete(folder);
    }
}
