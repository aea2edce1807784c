package io.breakwater.core.data.session;

import java.time.Duration;

/**
 * The limits of the stream log.
 *
 * @param events the maximum number of messages for one session
 * @param bytes the maximum bytes for one session
 * @param totalBytes the maximum bytes for all sessions
 * @param keep how long the log of a session is stored after its last message
 */
public record LogLimits(int events, int bytes, long totalBytes, Duration keep) {
    private static final int MAX_SESSION_BYTES = 1 << 20;
    private static final long MAX_TOTAL_BYTES = 64L << 20;

    /**
     * Returns limits for a heap size in bytes. A client that reconnects within minutes misses nothing, and all sessions
     * together use at most a sixteenth of the heap and at most 64 MiB.
     */
    public static LogLimits forHeap(long heap) {
        long total = Math.clamp(heap / 16, 1, MAX_TOTAL_BYTES);
        return new LogLimits(256, (int) Math.min(MAX_SESSION_BYTES, total), total, Duration.ofMinutes(30));
    }

    /** Refuses limits that are too small for any message. */
    public LogLimits {
        if (events < 1 || bytes < 1 || totalBytes < bytes || !keep.isPositive()) {
            throw new IllegalArgumentException("A stream log needs at least one event and one byte for each"
                    + " session, no fewer bytes in total than for one session, and a positive time; it has " + events
                    + " events, " + bytes + " of " + totalBytes + " bytes, " + keep);
        }
    }
}
