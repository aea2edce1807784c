package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.Checkpoint;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.bootstrap.tlog.SignedNote;
import io.breakwater.bootstrap.tlog.TreeEdge;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * Compares a log with checkpoints from elsewhere, while its tree grows. They show what the owner of the signing key can
 * hide from a verification of the log alone: that the history was rewritten, or that its end was cut off.
 */
final class CheckpointComparison {
    private final Deque<Checkpoint> ahead; // those that the tree has not reached, the smallest first
    private long confirmed;

    private CheckpointComparison(Deque<Checkpoint> ahead) {
        this.ahead = ahead;
    }

    /**
     * Creates a comparison.
     *
     * @throws InvalidNoteException if one of the notes is not a checkpoint of the log with this key
     */
    static CheckpointComparison with(Collection<SignedNote> notes, NoteVerifier key) {
        var checkpoints = new ArrayDeque<Checkpoint>();
        notes.stream()
                .map(note -> SignedCheckpoint.verify(note, key).checkpoint())
                .sorted(Comparator.comparingLong(Checkpoint::size))
                .forEach(checkpoints::add);
        return new CheckpointComparison(checkpoints);
    }

    /** Compares the number of entries that the log has now. */
    Optional<Finding> compareSize(long size) {
        return ahead.isEmpty() || ahead.getLast().size() <= size
                ? Optional.empty()
                : Optional.of(new Finding(
                        LogFile.CHECKPOINT.fileName(),
                        size,
                        "The end of the log is missing: it has " + size + " entries, and a checkpoint from elsewhere"
                                + " signs " + ahead.getLast().size() + "."));
    }

    /** Compares the tree of the first entries with the checkpoints of this size; call it for each size from 0 on. */
    Optional<Finding> compare(TreeEdge tree) {
        while (!ahead.isEmpty() && ahead.getFirst().size() == tree.size()) {
            if (!ahead.removeFirst().hasRoot(tree.root())) {
                ahead.clear(); // all later ones differ too
                return Optional.of(rewritten(tree.size()));
            }
            confirmed = tree.size();
        }
        return Optional.empty();
    }

    private Finding rewritten(long size) {
        var agreed = confirmed == 0 ? "." : "; the first " + confirmed + " entries are.";
        return new Finding(
                LogFile.CHECKPOINT.fileName(),
                null,
                "The history was rewritten: the first " + size + " entries are not those that a checkpoint from"
                        + " elsewhere signs" + agreed);
    }

    /** Returns the number of entries at the beginning that checkpoints from elsewhere confirm. */
    long confirmed() {
        return confirmed;
    }
}
