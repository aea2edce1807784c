package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.AuditLog;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit log in a folder. Entries are written to a file of pending entries at once, and to the tiles when 256 are
 * complete; in a regular interval, and when the log is closed, a checkpoint signs all entries. After a failure, the next
 * {@link #append} opens the log again, which repairs what the failure left. Thread-safe.
 */
public final class FileAuditLog implements AuditLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileAuditLog.class);

    private final LogFolder folder;
    private final LogKeys keys;
    private final ScheduledExecutorService timer;
    private long acknowledged; // guarded by this
    private @Nullable OpenLog open; // guarded by this
    private boolean closed; // guarded by this

    private FileAuditLog(LogFolder folder, LogKeys keys, OpenLog open) {
        this.folder = folder;
        this.keys = keys;
        this.open = open;
        this.acknowledged = open.size();
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("breakwater-audit").factory());
    }

    /**
     * Opens the log, or creates it.
     *
     * @throws PortException.RefusedException when the folder cannot be used; the message says why
     */
    public static FileAuditLog open(FileAuditSettings settings) {
        var folder = new LogFolder(settings.folder());
        try {
            folder.create();
            var keys = LogKeys.open(folder, settings.nameOfNewLog(), settings.signingKey());
            settings.requireName(keys.verifier().name());
            var log = new FileAuditLog(folder, keys, OpenLog.open(folder, keys, OpenLog.ALL));
            log.publishRegularly(settings.checkpointInterval());
            LOG.info("Calls are recorded in {}. The verifier key of the log: {}", folder.root(), log.verifier());
            return log;
        } catch (IOException failed) {
            throw new PortException.RefusedException(
                    "The audit log in " + folder.root() + " cannot be used: " + reason(failed)
                            + ". Correct the problem, or set audit.folder to another folder.",
                    failed);
        }
    }

    private void publishRegularly(Duration interval) {
        var unused = timer.scheduleWithFixedDelay(
                this::publish, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public String name() {
        return keys.verifier().name();
    }

    /** Returns the public key, which verifies checkpoints. */
    public NoteVerifier verifier() {
        return keys.verifier();
    }

    @Override
    public String digest(byte[] arguments) {
        return keys.digest(arguments);
    }

    @Override
    public synchronized void append(List<? extends AuditEntry> entries, Durability durability) {
        if (closed) {
            throw new PortException.UnavailableException("The audit log is closed.", null, null);
        }
        var lines = entries.stream().map(entry -> entry.line(name())).toList();
        var log = write(lines, durability == Durability.MACHINE);
        acknowledged += lines.size();
        try {
            log.addToTree(lines);
        } catch (
                IOException failed) { // the entries are in the file of pending entries, from which the next append adds
            // them
            abandon();
        }
    }

    private OpenLog write(List<byte[]> lines, boolean force) {
        try {
            var log = open == null ? OpenLog.open(folder, keys, acknowledged) : open;
            open = log;
            log.append(lines, force);
            return log;
        } catch (IOException failed) {
            abandon();
            throw new PortException.UnavailableException(
                    "The audit log in " + folder.root() + " cannot be written: " + reason(failed) + ".", null, failed);
        }
    }

    private void abandon() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** Signs a checkpoint, unless there are no new entries. */
    synchronized void publish() {
        if (open == null || !open.hasNewEntries()) {
            return;
        }
        try {
            report(open.publish());
        } catch (IOException failed) {
            abandon(); // the next append opens the log again, and reports why if that fails
            LOG.warn(
                    "The checkpoint of the audit log in {} could not be written: {}. It follows when that is possible.",
                    folder.root(),
                    reason(failed));
        }
    }

    /** Writes the checkpoint to the log, which takes it away from this machine if the log is collected. */
    private static void report(SignedCheckpoint published) {
        var checkpoint = published.checkpoint();
        LOG.atInfo()
                .addKeyValue("checkpoint", published.note().content())
                .log(
                        "Audit checkpoint of {}: {} entries, root {}",
                        checkpoint.origin(),
                        checkpoint.size(),
                        checkpoint.root());
    }

    private static String reason(IOException failed) {
        var reason = failed instanceof FileSystemException system && system.getReason() != null
                ? system.getFile() + ": " + system.getReason()
                : failed.getMessage();
        return failed instanceof AccessDeniedException denied
                ? "this process has no permission for " + denied.getFile()
                : failed instanceof NoSuchFileException missing ? missing.getFile() + " does not exist" : "" + reason;
    }

    /** Signs a last checkpoint and closes the files. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (!closed) {
                publish();
                closed = true;
                abandon();
            }
        }
    }
}
