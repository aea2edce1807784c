package io.breakwater.adapter.postgres.database;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The positions of a primary's log with their times, and the latest of these times for which a replica has all data.
 * The lag of the replica is at most the time since then. Not thread-safe.
 */
final class LsnHistory {
    /** When a replica has been behind for so long, later positions are not needed. */
    private static final int MAX_ENTRIES = 10_000;

    private final Deque<Entry> notReplayed = new ArrayDeque<>();
    private @Nullable Long completeUntil;

    private record Entry(LogSequenceNumber lsn, long nanos) {}

    /** Records the position of the primary at a time, in nanoseconds. */
    void add(LogSequenceNumber lsn, long nanos) {
        if (notReplayed.size() < MAX_ENTRIES) {
            notReplayed.addLast(new Entry(lsn, nanos));
        }
    }

    /** Returns the latest time for which a replica with this replay position has all data; null when it is unknown. */
    @Nullable
    Long completeUntil(LogSequenceNumber replayed) {
        while (!notReplayed.isEmpty() && notReplayed.getFirst().lsn().compareTo(replayed) <= 0) {
            completeUntil = notReplayed.removeFirst().nanos();
        }
        return completeUntil;
    }

    /** Drops the primary's positions: after a crash it may restart at an earlier one, because data was not on disk. */
    void clearPrimary() {
        notReplayed.clear();
    }

    /** Drops the replica's time: after a failure it may restart at an earlier position. */
    void clearReplica() {
        completeUntil = null;
    }
}
