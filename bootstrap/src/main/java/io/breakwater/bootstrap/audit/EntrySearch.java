package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.HashTiles;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.LogProof;
import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.bootstrap.tlog.TilePath;
import io.breakwater.port.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Finds the entries of a call in a log, the newest first, and proves them. */
public final class EntrySearch {
    private final LogFolder folder;
    private final SignedCheckpoint checkpoint;

    private EntrySearch(LogFolder folder, SignedCheckpoint checkpoint) {
        this.folder = folder;
        this.checkpoint = checkpoint;
    }

    /**
     * An entry of a log.
     *
     * @param index its position, from 0
     * @param line its line
     */
    public record FoundEntry(long index, byte[] line) {
        /** Returns the line as text. */
        public String text() {
            return new String(line, StandardCharsets.UTF_8);
        }
    }

    /**
     * Opens a log.
     *
     * @throws IOException if the checkpoint cannot be read or is not valid
     */
    public static EntrySearch in(LogFolder folder, NoteVerifier key) throws IOException {
        try {
            return new EntrySearch(folder, SignedCheckpoint.verify(folder.readCheckpoint(), key));
        } catch (InvalidNoteException invalid) {
            throw new IOException("the checkpoint is not valid: " + invalid.getMessage(), invalid);
        }
    }

    /** Returns the number of entries. */
    public long size() {
        return checkpoint.checkpoint().size();
    }

    /**
     * Returns the entries of a call in the order of the log; the search ends with the bundle before the one that has
     * any.
     *
     * @param progress receives the number of entries that were searched
     */
    public List<FoundEntry> find(String requestId, LongConsumer progress) throws IOException {
        var found = new ArrayList<FoundEntry>();
        for (long bundle = (size() - 1) / TilePath.FULL; bundle >= 0 && size() > 0; bundle--) {
            var here = findIn(bundle, requestId);
            if (here.isEmpty() && !found.isEmpty()) {
                return found;
            }
            found.addAll(0, here);
            progress.accept(size() - bundle * TilePath.FULL);
        }
        return found;
    }

    private List<FoundEntry> findIn(long bundle, String requestId) throws IOException {
        long first = bundle * TilePath.FULL;
        int width = (int) Math.min(TilePath.FULL, size() - first);
        var entries = folder.readEntries(new TilePath(TilePath.ENTRIES, bundle, width));
        var member = "\"request_id\":" + JsonWriter.quoted(requestId) + ",";
        var found = new ArrayList<FoundEntry>();
        for (int i = 0; i < width && i < entries.size(); i++) {
            var entry = new FoundEntry(first + i, entries.get(i));
            if (entry.text().contains(member)) {
                found.add(entry);
            }
        }
        return found;
    }

    /** Returns true if an entry of the call waits for the next checkpoint. */
    public boolean isPending(String requestId) {
        try {
            var member = "\"request_id\":" + JsonWriter.quoted(requestId) + ",";
            return PendingFile.read(folder.file(LogFile.PENDING)).entries().stream()
                    .anyMatch(line -> new String(line, StandardCharsets.UTF_8).contains(member));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Proves that the log contains an entry.
     *
     * @throws IOException if the tiles cannot be read, or are not those that the checkpoint signs
     */
    public LogProof prove(FoundEntry entry) throws IOException {
        var tiles = new HashTiles(size(), folder);
        var proof = new LogProof(entry.index(), tiles.inclusionProof(entry.index()), checkpoint.note());
        if (!checkpoint.checkpoint().hasRoot(proof.root(entry.line(), size()))) {
            throw new IOException("the log was changed; 'breakwater audit verify' tells where");
        }
        return proof;
    }
}
