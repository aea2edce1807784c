package io.breakwater.bootstrap.bench;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** The number of responses of each status. Thread-safe. */
final class StatusCounts {
    private final TreeMap<Integer, Long> counts = new TreeMap<>(); // guarded by this

    synchronized void add(int status) {
        counts.merge(status, 1L, Long::sum);
    }

    /** Returns {@code s200=3 s401=5}; a lost connection has the status 0. */
    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                .map(entry -> "s" + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
