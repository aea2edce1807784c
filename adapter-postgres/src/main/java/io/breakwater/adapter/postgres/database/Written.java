package io.breakwater.adapter.postgres.database;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The places in its log that the primary had reached when it was looked at. A copy that has replayed up to one of them
 * is behind by no more than the time since then. Not thread-safe.
 */
final class Written {
    private static final int MOST = 1_000;

    private final Deque<Place> places = new ArrayDeque<>();

    private record Place(LogSequenceNumber number, long nanos) {}

    /** The primary was there at that moment. */
    void add(LogSequenceNumber number, long nanos) {
        places.addFirst(new Place(number, nanos));
        if (places.size() > MOST) {
            places.removeLast();
        }
    }

    /** The latest moment up to which a copy that has replayed so far has everything; null when it is not known. */
    @Nullable
    Long momentOf(LogSequenceNumber replayed) {
        return places.stream()
                .filter(place -> place.number().compareTo(replayed) <= 0)
                .map(Place::nanos)
                .findFirst()
                .orElse(null);
    }
}
