package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.Checkpoint;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.bootstrap.tlog.SignedNote;
import io.breakwater.bootstrap.tlog.TilePath;
import io.breakwater.bootstrap.tlog.TreeEdge;
import io.breakwater.bootstrap.tlog.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log: it computes the tree from the entries, and compares each tile with the stored one and the root with the
 * checkpoint. With checkpoints from elsewhere, it also finds changes by the owner of the signing key. The log may
 * grow meanwhile.
 */
public final class LogVerification {
    private static final int MAX_FINDINGS = 20;

    private final LogFolder folder;
    private final NoteVerifier key;
    private final CheckpointComparison others;
    private final List<Finding> findings = new ArrayList<>();
    private final TreeEdge tree = new TreeEdge();
    private final TreeHash hash = new TreeHash();

    private LogVerification(LogFolder folder, NoteVerifier key, CheckpointComparison others) {
        this.folder = folder;
        this.key = key;
        this.others = others;
    }

    /**
     * Verifies a log.
     *
     * @param key the public key of the log
     * @param against checkpoints of the log from elsewhere
     * @param progress receives the number of verified entries
     * @throws InvalidNoteException if a checkpoint from elsewhere is not valid
     * @throws IOException if the checkpoint cannot be read
     */
    public static VerificationReport verify(
            LogFolder folder, NoteVerifier key, Collection<SignedNote> against, LongConsumer progress)
            throws IOException {
        return new LogVerification(folder, key, CheckpointComparison.with(against, key)).run(progress);
    }

    private VerificationReport run(LongConsumer progress) throws IOException {
        Checkpoint checkpoint;
        try {
            checkpoint = SignedCheckpoint.verify(folder.readCheckpoint(), key).checkpoint();
        } catch (InvalidNoteException invalid) {
            add(LogFile.CHECKPOINT.fileName(), null, "The checkpoint is not valid: " + invalid.getMessage() + ".");
            return new VerificationReport(key.name(), 0, pending(), 0, "", findings);
        }
        long size = checkpoint.size();
        others.compareSize(size).ifPresent(findings::add);
        others.compare(tree).ifPresent(findings::add);
        for (long first = 0; first < size && findings.size() < MAX_FINDINGS; first += TilePath.FULL) {
            verifyBundle(first, size);
            progress.accept(tree.size());
        }
        if (findings.isEmpty()) {
            compareEnd(checkpoint);
        }
        return new VerificationReport(
                checkpoint.origin(), size, pending(), others.confirmed(), checkpoint.root(), findings);
    }

    private void verifyBundle(long first, long size) {
        int width = (int) Math.min(TilePath.FULL, size - first);
        var path = new TilePath(TilePath.ENTRIES, first / TilePath.FULL, width);
        var entries = entries(path);
        var hashes = hashes(new TilePath(0, first / TilePath.FULL, width));
        for (int i = 0; i < width && i < entries.size(); i++) {
            var leaf = hash.ofEntry(entries.get(i));
            if (hashes.length > 0 && !equals(leaf, hashes, i)) {
                add(path.text(), first + i, "Entry " + (first + i) + " is not the one that the log recorded.");
                return;
            }
            addToTree(leaf);
            if (tree.size() == first + i + 1) { // no entry before it is missing
                others.compare(tree).ifPresent(findings::add);
            }
        }
        if (entries.size() < width && findings.isEmpty()) {
            add(path.text(), first + entries.size(), "Entry " + (first + entries.size()) + " is missing.");
        }
    }

    private List<byte[]> entries(TilePath path) {
        try {
            var entries = folder.readEntries(path);
            if (entries.size() > path.width() && (path.isFull() || isPartial(path))) {
                add(
                        path.text(),
                        path.index() * TilePath.FULL + path.width(),
                        "The file has more entries than the log.");
            }
            return entries;
        } catch (IOException failed) {
            add(path.text(), null, "The entries cannot be read: " + reason(failed) + ".");
            return List.of();
        }
    }

    /** Returns false if the reader used the full bundle, which has more entries, in place of a partial one. */
    private boolean isPartial(TilePath path) {
        return Files.exists(folder.root().resolve(path.text()));
    }

    private byte[] hashes(TilePath path) {
        try {
            var hashes = folder.read(path);
            if (hashes.length >= path.width() * TreeHash.BYTES) {
                return hashes;
            }
            add(path.text(), null, "The tile is too short.");
        } catch (IOException failed) {
            add(path.text(), null, "The tile cannot be read: " + reason(failed) + ".");
        }
        return new byte[0];
    }

    private static String reason(IOException failed) {
        return failed instanceof NoSuchFileException ? "it does not exist" : String.valueOf(failed.getMessage());
    }

    private static boolean equals(byte[] hash, byte[] hashes, int position) {
        int from = position * TreeHash.BYTES;
        return Arrays.equals(hash, 0, TreeHash.BYTES, hashes, from, from + TreeHash.BYTES);
    }

    private void addToTree(byte[] leaf) {
        try {
            tree.add(leaf, this::compareTile);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void compareTile(TilePath path, byte[] computed) {
        var stored = hashes(path);
        if (stored.length > 0 && !Arrays.equals(computed, Arrays.copyOf(stored, computed.length))) {
            add(path.text(), null, "The tile is not the one that the entries have.");
        }
    }

    private void compareEnd(Checkpoint checkpoint) throws IOException {
        tree.writePartial(this::compareTile);
        if (!checkpoint.hasRoot(tree.root())) {
            add(
                    LogFile.CHECKPOINT.fileName(),
                    null,
                    "The entries and the tiles are not those that the checkpoint signs.");
        }
    }

    private long pending() {
        try {
            var content = PendingFile.read(folder.file(LogFile.PENDING));
            return content.entries().size();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    private void add(String file, @Nullable Long entry, String message) {
        findings.add(new Finding(file, entry, message));
    }
}
