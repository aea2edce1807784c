package io.breakwater.bootstrap.audit;

import static java.util.Objects.requireNonNull;

import io.breakwater.bootstrap.tlog.Checkpoint;
import io.breakwater.bootstrap.tlog.EntryBundle;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.TilePath;
import io.breakwater.bootstrap.tlog.TreeEdge;
import io.breakwater.bootstrap.tlog.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that this process writes. After a failure of any method but {@link #close} it must not be used any more: open
 * the log again.
 *
 * <p>Opening repairs what a crash left. The checkpoint and the tiles that it signs are complete, because all are on
 * the disk before the checkpoint is replaced. The entries after it are in the file of pending entries, from which they
 * are added to the tree again; tiles beyond the checkpoint are written again. Not thread-safe.
 */
final class OpenLog {
    /** As many entries as the files contain. */
    static final long ALL = -1;

    private static final Logger LOG = LoggerFactory.getLogger(OpenLog.class);

    private final LogFolder folder;
    private final LogKeys keys;
    private final FolderLock lock;
    private final TreeEdge edge;
    private final List<byte[]> bundle; // the entries of the last bundle, which is not full
    private final NewTiles tiles;
    private final TreeHash hash = new TreeHash();
    private final PartialTiles partials;
    private @Nullable PendingFile pending;
    private long signed;

    private OpenLog(LogFolder folder, LogKeys keys, FolderLock lock, TreeEdge edge, List<byte[]> bundle)
            throws IOException {
        this.folder = folder;
        this.keys = keys;
        this.lock = lock;
        this.edge = edge;
        this.bundle = bundle;
        this.tiles = new NewTiles(folder);
        this.signed = edge.size();
        this.partials = partials(folder, edge);
    }

    /** An earlier run may have left partial tiles of its last checkpoints. */
    private static PartialTiles partials(LogFolder folder, TreeEdge edge) throws IOException {
        var present = new ArrayList<TilePath>();
        edge.writePartial((tile, content) -> present.add(tile));
        int width = (int) (edge.size() % TilePath.FULL);
        if (width > 0) {
            present.add(new TilePath(TilePath.ENTRIES, edge.size() / TilePath.FULL, width));
        }
        var others = new ArrayList<TilePath>();
        for (var tile : present) {
            others.addAll(folder.othersBeside(tile));
        }
        return new PartialTiles(present, others);
    }

    /**
     * Opens a log.
     *
     * @param expected the number of entries that the log must have; more, of a write that failed, are removed
     * @throws IOException if the folder cannot be used, another process writes it, or entries are missing
     */
    static OpenLog open(LogFolder folder, LogKeys keys, long expected) throws IOException {
        var lock = FolderLock.of(folder);
        try {
            if (!folder.isLog()) {
                begin(folder, keys, expected);
            }
            var log = atCheckpoint(folder, keys, lock);
            log.recover(expected);
            return log;
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** Creates the first checkpoint, with which a log begins. */
    private static void begin(LogFolder folder, LogKeys keys, long expected) throws IOException {
        if (folder.hasEntries() || expected > 0) {
            throw new IOException("the checkpoint is missing, without which the log cannot be continued");
        }
        var first = Checkpoint.of(keys.verifier().name(), 0, new TreeEdge().root());
        folder.replace(LogFile.PENDING, PendingFile.empty(0));
        folder.replace(LogFile.CHECKPOINT, bytes(keys, first));
    }

    private static byte[] bytes(LogKeys keys, Checkpoint checkpoint) {
        return keys.signer().sign(checkpoint.text()).content().getBytes(StandardCharsets.UTF_8);
    }

    private static OpenLog atCheckpoint(LogFolder folder, LogKeys keys, FolderLock lock) throws IOException {
        var checkpoint = checkpoint(folder, keys);
        var edge = TreeEdge.read(checkpoint.size(), folder);
        if (!checkpoint.hasRoot(edge.root())) {
            throw new IOException("its tiles are not those that its checkpoint signs");
        }
        var bundle = new ArrayList<byte[]>();
        int width = (int) (checkpoint.size() % TilePath.FULL);
        if (width > 0) {
            var path = new TilePath(TilePath.ENTRIES, checkpoint.size() / TilePath.FULL, width);
            var entries = folder.readEntries(path);
            if (entries.size() < width) {
                throw new IOException(path + " has " + entries.size() + " entries, and not " + width);
            }
            bundle.addAll(entries.subList(0, width));
        }
        return new OpenLog(folder, keys, lock, edge, bundle);
    }

    private static Checkpoint checkpoint(LogFolder folder, LogKeys keys) throws IOException {
        try {
            return SignedCheckpoint.verify(folder.readCheckpoint(), keys.verifier())
                    .checkpoint();
        } catch (InvalidNoteException invalid) {
            throw new IOException("its checkpoint is not valid: " + invalid.getMessage(), invalid);
        }
    }

    /** Adds the pending entries to the tree, and opens their file after the last one that counts. */
    private void recover(long expected) throws IOException {
        var file = folder.file(LogFile.PENDING);
        var content = PendingFile.read(file);
        long known = content.first() + content.entries().size();
        if (content.first() > signed || known < Math.max(signed, expected)) {
            throw new IOException("entries are missing: " + LogFile.PENDING.fileName() + " has the entries from "
                    + content.first() + " to " + known + ", the checkpoint signs " + signed + ", and this process has"
                    + " written " + Math.max(signed, expected));
        }
        int count = Math.toIntExact((expected == ALL ? known : expected) - content.first());
        addToTree(content.entries().subList(Math.toIntExact(signed - content.first()), count));
        pending = PendingFile.open(file, content.end(count));
        if (content.hasTail()) {
            LOG.info("Removed an incomplete entry at the end of the audit log in {}.", folder.root());
        }
    }

    long size() {
        return edge.size();
    }

    boolean hasNewEntries() {
        return edge.size() > signed;
    }

    /** Returns the length of the file of pending entries. */
    long pendingBytes() {
        return requireNonNull(pending).length();
    }

    /**
     * Writes entries to the file of pending entries.
     *
     * @param force whether to wait until they are on the disk
     */
    void append(List<byte[]> lines, boolean force) throws IOException {
        requireNonNull(pending).append(lines, force);
    }

    /** Adds entries that are pending to the tree, and writes the tiles that become full. */
    void addToTree(List<byte[]> lines) throws IOException {
        for (var line : lines) {
            bundle.add(line);
            if (bundle.size() == TilePath.FULL) {
                long index = edge.size() / TilePath.FULL;
                tiles.write(new TilePath(TilePath.ENTRIES, index, TilePath.FULL), EntryBundle.write(bundle));
                bundle.clear();
            }
            edge.add(hash.ofEntry(line), tiles::write);
        }
    }

    /** Returns the tiles that the next checkpoint forces to the disk, which takes long if they are many. */
    List<TilePath> unforcedTiles() {
        return tiles.unforced();
    }

    /** Records that tiles are on the disk already. */
    void onForced(List<TilePath> forced) {
        tiles.onForced(forced);
    }

    /** Writes the partial tiles and a checkpoint, after which no entry is pending. */
    SignedCheckpoint publish() throws IOException {
        var partial = writePartialTiles();
        tiles.force();
        var checkpoint = Checkpoint.of(keys.verifier().name(), edge.size(), edge.root());
        var note = keys.signer().sign(checkpoint.text());
        folder.replace(LogFile.CHECKPOINT, note.content().getBytes(StandardCharsets.UTF_8));
        signed = checkpoint.size();
        replacePending();
        for (var old : partials.replace(partial)) {
            folder.delete(old);
        }
        return new SignedCheckpoint(checkpoint, note);
    }

    private List<TilePath> writePartialTiles() throws IOException {
        var written = new ArrayList<TilePath>();
        edge.writePartial((tile, content) -> {
            tiles.write(tile, content);
            written.add(tile);
        });
        if (!bundle.isEmpty()) {
            var tile = new TilePath(TilePath.ENTRIES, edge.size() / TilePath.FULL, bundle.size());
            tiles.write(tile, EntryBundle.write(bundle));
            written.add(tile);
        }
        return written;
    }

    private void replacePending() throws IOException {
        requireNonNull(pending).close();
        folder.replace(LogFile.PENDING, PendingFile.empty(signed));
        pending = PendingFile.open(folder.file(LogFile.PENDING), PendingFile.HEADER);
    }

    /** Closes the files; what is pending stays pending. */
    void close() {
        try {
            if (pending != null) {
                pending.close();
            }
            lock.close();
        } catch (IOException failed) {
            LOG.debug("Could not close the audit log in {}.", folder.root(), failed);
        }
    }
}
