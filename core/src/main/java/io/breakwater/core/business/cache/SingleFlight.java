package io.breakwater.core.business.cache;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets concurrent calls for one result share one load. The first caller leads the load, and callers that arrive during
 * it follow. When the leader is cancelled, the next follower takes over, so that the cancellation of one call does not
 * affect the others. Thread-safe.
 *
 * @param <R> the type of the result
 */
public final class SingleFlight<R> {
    private final ConcurrentHashMap<CacheKey, LoadTicket<R>> tickets = new ConcurrentHashMap<>();

    /** Creates an instance without loads. */
    public SingleFlight() {}

    /**
     * Joins the load for a key, or starts one. Never blocks. The caller must complete, fail or leave the load in the
     * end.
     */
    public LoadRole<R> join(CacheKey key) {
        while (true) {
            var ticket =
                    tickets.computeIfAbsent(key, missing -> new LoadTicket<>(ended -> tickets.remove(missing, ended)));
            var role = ticket.join();
            if (role != null) {
                return role;
            }
            tickets.remove(key, ticket); // the load has just ended
        }
    }

    /** Returns the number of loads in progress, for tests. */
    int count() {
        return tickets.size();
    }
}
