package io.breakwater.core.data.session;

import java.time.Duration;

/**
 * How much of what was said on streams is kept.
 *
 * @param events for one session
 * @param bytes for one session
 * @param totalBytes for all sessions
 * @param keep how long after its last message a session's log is kept
 */
public record LogLimits(int events, int bytes, long totalBytes, Duration keep) {
    private static final int MOST_OF_ONE = 1 << 20;
    private static final long MOST_OF_ALL = 64L << 20;

    /**
     * A client that comes back within minutes misses nothing, and all of them together take a sixteenth of that heap,
     * at most 64 MiB.
     */
    public static LogLimits forHeap(long heap) {
        long all = Math.clamp(heap / 16, 1, MOST_OF_ALL);
        return new LogLimits(256, (int) Math.min(MOST_OF_ONE, all), all, Duration.ofMinutes(30));
    }

    /** Refuses limits that nothing fits. */
    public LogLimits {
        if (events < 1 || bytes < 1 || totalBytes < bytes || !keep.isPositive()) {
            throw new IllegalArgumentException("A log needs room for one event, in all for as much as for one session,"
                    + " and some time: " + events + " events, " + bytes + " of " + totalBytes + " bytes, " + keep);
        }
    }
}
