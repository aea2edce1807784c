package io.breakwater.core.business.cache;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes sure that what many want at the same time is made once. The first who wants it leads a flight, those who come
 * meanwhile follow it. A leader that is called off hands over to the next follower, so that nobody's fate hangs on
 * somebody else's call. Thread-safe.
 *
 * @param <R> what is made
 */
public final class SingleFlight<R> {
    private final ConcurrentHashMap<CacheKey, LoadTicket<R>> under = new ConcurrentHashMap<>();

    /** Nobody wants anything yet. */
    public SingleFlight() {}

    /** A seat on the flight to that key. Never blocks; whoever takes a seat leaves it in the end. */
    public LoadRole<R> join(CacheKey key) {
        while (true) {
            var flight = under.computeIfAbsent(key, missing -> new LoadTicket<>(over -> under.remove(missing, over)));
            var seat = flight.join();
            if (seat != null) {
                return seat;
            }
            under.remove(key, flight); // it has just ended
        }
    }

    /** How many flights there are at present. */
    public int count() {
        return under.size();
    }
}
