package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.bootstrap.tlog.TilePath;
import io.breakwater.port.AuditEntry;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.AuditLog;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit log in a folder. Entries are written to a file of pending entries at once, and to the tiles when 256 are
 * complete; in a regular interval, and when the log is closed, a checkpoint signs all entries. After a failure, the next
 * {@link #append} opens the log again, which repairs what the failure left. Thread-safe.
 */
@OutageBehavior(
        guard = "audit log",
        dependency = GuardDependency.AUDIT_FOLDER,
        failure = "unusable at the start",
        effect = OutageEffect.DENY,
        behavior = "The server does not start: the folder cannot be created or written, its log is damaged, or another "
                + "server writes it.",
        recovery = "Correct the problem and start the server again.",
        signal = "standard error, with the reason",
        details = "audit.md#while-the-log-cannot-be-written")
@OutageBehavior(
        guard = "audit log",
        dependency = GuardDependency.AUDIT_FOLDER,
        failure = "replaced by another one",
        effect = OutageEffect.DENY,
        behavior = "The log counts as not writable, because writing to a removed file would lose entries. "
                + "`audit.on-failure` decides about calls.",
        recovery = "Put the folder back; the log continues in it.",
        signal = "health cause `audit`, with the reason",
        details = "audit.md#while-the-log-cannot-be-written")
@OutageBehavior(
        guard = "audit log",
        dependency = GuardDependency.PROCESS,
        failure = "killed",
        effect = OutageEffect.DEGRADE,
        behavior =
                "The entries of the last 100 ms can be missing. The entry before a change of data is never missing, and "
                        + "a torn entry is removed at the next start.",
        recovery = "The next start continues the log.",
        signal = "a `start` without an `end` in the log",
        details = "audit.md#what-a-crash-can-lose")
public final class FileAuditLog implements AuditLog, AutoCloseable {
    /** A start reads all pending entries into memory. */
    static final long MAX_PENDING_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FileAuditLog.class);

    /** The maximum number of tiles that are forced to the disk while calls wait. */
    private static final int FEW_TILES = 16;

    private static final int MAX_ROUNDS = 5;

    /** The maximum time for the last checkpoint. */
    private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(10);

    private final LogFolder folder;
    private final LogKeys keys;
    private final CheckpointCopies copies;
    private final Duration lastCheckpoint;
    private final ScheduledExecutorService timer;
    private long acknowledged; // guarded by this
    private @Nullable OpenLog open; // guarded by this
    private boolean publishing; // whether a checkpoint was requested; guarded by this
    private boolean closed; // guarded by this

    private FileAuditLog(
            LogFolder folder, LogKeys keys, CheckpointCopies copies, Duration lastCheckpoint, OpenLog open) {
        this.folder = folder;
        this.keys = keys;
        this.copies = copies;
        this.lastCheckpoint = lastCheckpoint;
        this.open = open;
        this.acknowledged = open.size();
        this.timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("breakwater-audit").factory(),
                new ThreadPoolExecutor.DiscardPolicy()); // close() signs the last checkpoint
    }

    /**
     * Opens the log, or creates it.
     *
     * @param copies receives each checkpoint, the present one first; the log closes it
     * @throws PortException.RefusedException when the folder cannot be used; the message says why
     */
    public static FileAuditLog open(FileAuditSettings settings, CheckpointCopies copies) {
        return open(settings, copies, LAST_CHECKPOINT);
    }

    /**
     * Opens the log, or creates it.
     *
     * @param lastCheckpoint the maximum time for which {@link #close} waits for the last checkpoint
     */
    static FileAuditLog open(FileAuditSettings settings, CheckpointCopies copies, Duration lastCheckpoint) {
        var folder = new LogFolder(settings.folder());
        try {
            folder.create();
            var keys = LogKeys.open(folder, settings.nameOfNewLog(), settings.signingKey());
            settings.requireName(keys.verifier().name());
            var log = new FileAuditLog(folder, keys, copies, lastCheckpoint, OpenLog.open(folder, keys, OpenLog.ALL));
            copies.offer(SignedCheckpoint.verify(folder.readCheckpoint(), keys.verifier()));
            log.publishRegularly(settings.checkpointInterval());
            LOG.info("Calls are recorded in {}. The verifier key of the log: {}", folder.root(), log.verifier());
            return log;
        } catch (UnusableLogException unusable) {
            throw new PortException.RefusedException(unusable.explanation(), unusable);
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
        } catch (IOException failed) { // the entries are pending, and the next append adds them to the tree
            abandon();
            return;
        }
        if (log.pendingBytes() > MAX_PENDING_BYTES && !publishing) {
            publishing = true;
            timer.execute(this::publish);
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
    void publish() {
        try {
            forceTiles();
            synchronized (this) {
                publishing = false;
                if (open != null && open.hasNewEntries()) {
                    copy(open.publish());
                }
            }
        } catch (IOException failed) {
            onPublishFailed(failed);
        }
    }

    /** Forces most new tiles to the disk while calls continue, so that they wait for few of them. */
    private void forceTiles() throws IOException {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            OpenLog log;
            List<TilePath> tiles;
            synchronized (this) {
                log = open;
                tiles = log == null ? List.of() : log.unforcedTiles();
            }
            if (log == null || tiles.size() <= FEW_TILES) {
                return;
            }
            for (var tile : tiles) {
                folder.force(tile);
            }
            synchronized (this) {
                log.onForced(tiles);
            }
        }
    }

    private synchronized void onPublishFailed(IOException failed) {
        publishing = false;
        abandon(); // the next append opens the log again, and reports why if that fails
        LOG.warn(
                "The checkpoint of the audit log in {} could not be written: {}. It follows when that is possible.",
                folder.root(),
                reason(failed));
    }

    /** Copies the checkpoint, also to the server's log, which takes it away from this machine if it is collected. */
    private void copy(SignedCheckpoint published) {
        copies.offer(published);
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
        return switch (failed) {
            case AccessDeniedException denied -> "this process has no permission for " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileAlreadyExistsException file -> file.getFile() + " is a file and not a folder";
            default -> "" + reason;
        };
    }

    /** Signs a last checkpoint and closes the files, within a few seconds even if the file system hangs. */
    @Override
    public void close() {
        timer.execute(this::closeFiles); // after a checkpoint that is being signed
        timer.shutdown();
        if (!awaitFiles()) {
            LOG.warn(
                    "The last checkpoint of the audit log in {} was not signed within {} s: check its file system. The"
                            + " next start signs the entries after the checkpoint before.",
                    folder.root(),
                    lastCheckpoint.toSeconds());
        }
        copies.close();
    }

    private synchronized void closeFiles() {
        try {
            publish();
        } finally {
            closed = true;
            abandon();
        }
    }

    private boolean awaitFiles() {
        try {
            return timer.awaitTermination(lastCheckpoint.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
