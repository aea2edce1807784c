package io.breakwater.core.business.concurrency;

import java.util.Arrays;

/**
 * The latencies of the calls that started and ended in one window of time, and the largest number of calls that ran in
 * it. Of many calls, only the latest count. Not thread-safe.
 *
 * <p>The latency of a call that timed out is only known to be longer than the time it had. It counts as {@link
 * #TIMED_OUT}, longer than all others, and the median stays correct while less than half of the calls time out.
 */
final class SampleWindow {
    /** The latency of a call that timed out, and the median if at least half of the calls did. */
    static final long TIMED_OUT = Long.MAX_VALUE;

    private static final int CAPACITY = 128;

    private long[] samples = new long[0];
    private int count;
    private long opened;
    private long start;
    private int early; // the calls that started and ended between these two times
    private boolean open;
    private int maxRunning;

    /**
     * Adds the latency of a call that ended now, while this many calls ran, itself included. A call that started before
     * the window does not count, because another limit applied to it.
     *
     * @param limit the number of calls that may run. If the window has not started, it does so as soon as this many
     *     calls have ended in advance
     */
    void add(long started, long latency, long now, int running, int limit) {
        if (samples.length == 0) { // most tools of a large catalog are never called
            samples = new long[CAPACITY];
        }
        if (!open) {
            begin(started - 1);
        }
        if (started - start <= 0) {
            startEarly(started, now, limit);
            return;
        }
        samples[count % CAPACITY] = Math.max(1, latency); // 0 stands for an unknown latency
        count++;
        maxRunning = Math.max(maxRunning, running);
    }

    private void startEarly(long started, long now, int limit) {
        if (started - opened > 0 && now - start < 0 && ++early >= limit) {
            start = now;
        }
    }

    int count() {
        return count;
    }

    int maxRunning() {
        return maxRunning;
    }

    /** Returns the time since the start of the window. */
    long age(long now) {
        return now - start;
    }

    /** Returns the median of the latencies; there must be at least one. */
    long median() {
        var sorted = Arrays.copyOf(samples, Math.min(count, CAPACITY));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Begins the next window. */
    void begin(long now) {
        begin(now, 0);
    }

    /** Begins the next window after a pause, which is shorter if the calls have become faster ({@link #add}). */
    void begin(long now, long pause) {
        open = true;
        opened = now;
        start = now + pause;
        early = 0;
        count = 0;
        maxRunning = 0;
    }
}
