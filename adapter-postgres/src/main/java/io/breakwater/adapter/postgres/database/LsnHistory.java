package io.breakwater.adapter.postgres.database;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * How far a primary had written its log at which moments, and the last of these moments that a copy has come up to. The
 * copy is behind by no more than the time since then. Not thread-safe.
 */
final class LsnHistory {
    /** Of a copy that has stood still for so long, no more needs to be known than that. */
    private static final int MOST = 10_000;

    private final Deque<Mark> ahead = new ArrayDeque<>();
    private @Nullable Long passed;

    private record Mark(LogSequenceNumber number, long nanos) {}

    /** The primary was there at that moment. */
    void add(LogSequenceNumber number, long nanos) {
        if (ahead.size() < MOST) {
            ahead.addLast(new Mark(number, nanos));
        }
    }

    /** The latest moment up to which a copy that has replayed so far has everything; null when it is not known. */
    @Nullable
    Long momentOf(LogSequenceNumber replayed) {
        while (!ahead.isEmpty() && ahead.getFirst().number().compareTo(replayed) <= 0) {
            passed = ahead.removeFirst().nanos();
        }
        return passed;
    }

    /** The primary may begin again further back than it was: what a crash took had not reached its disk. */
    void primaryLost() {
        ahead.clear();
    }

    /** The copy may begin again further back than it was. */
    void replicaLost() {
        passed = null;
    }
}
