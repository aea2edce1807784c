package io.breakwater.core.presentation.protocol.common;

import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.execution.ServerExecutors.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Ends streams when the credential expires that opened them. One timer serves all streams: it runs when the next one
 * expires, and at least once in {@link #LONGEST_DELAY}, because the time of day may be corrected. Thread-safe.
 */
public final class StreamExpiry {
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final ServerExecutors executors;
    private final TreeSet<Expiry> expiries =
            new TreeSet<>(Comparator.comparing(Expiry::time).thenComparingLong(Expiry::number)); // guarded by this
    private long count; // guarded by this
    private @Nullable Scheduled timer; // guarded by this

    /** Creates an instance without streams. */
    public StreamExpiry(ServerExecutors executors) {
        this.executors = executors;
    }

    /**
     * Runs the action at that time, on the sweeper.
     *
     * @param expires the time; null for never
     * @param action ends the stream; has no effect if it has ended
     * @return cancels the action, because the stream has ended
     */
    public synchronized Runnable register(@Nullable Instant expires, Runnable action) {
        if (expires == null) {
            return () -> {};
        }
        var expiry = new Expiry(expires, count++, action);
        expiries.add(expiry);
        if (expiries.first().equals(expiry)) {
            restartTimer();
        }
        return () -> remove(expiry);
    }

    private synchronized void remove(Expiry expiry) {
        expiries.remove(expiry);
        if (expiries.isEmpty()) {
            stopTimer();
        }
    }

    private void restartTimer() {
        stopTimer();
        var delay = Duration.between(executors.clock().instant(), expiries.first().time);
        delay = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
        try {
            timer = executors.schedule(delay.isNegative() ? Duration.ZERO : delay, this::expire);
        } catch (RejectedExecutionException e) {
            expiries.clear(); // the server is closing, and ends its streams
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void expire() {
        takeExpired().forEach(expiry -> expiry.action.run());
    }

    private synchronized List<Expiry> takeExpired() {
        var now = executors.clock().instant();
        var expired = new ArrayList<Expiry>();
        while (!expiries.isEmpty() && !expiries.first().time.isAfter(now)) {
            expired.add(expiries.removeFirst());
        }
        if (!expiries.isEmpty()) {
            restartTimer();
        }
        return expired;
    }

    /** Returns the number of streams that will expire, for tests. */
    synchronized int size() {
        return expiries.size();
    }

    private record Expiry(Instant time, long number, Runnable action) {}
}
