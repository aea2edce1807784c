package io.breakwater.core.business.concurrency;

import java.util.Arrays;

/**
 * The latencies of the calls that started and ended in one window of time, and the largest number of calls that ran in
 * it. Of many calls, only the latest count. Not thread-safe.
 */
final class SampleWindow {
    private static final int CAPACITY = 128;

    private long[] samples = new long[0];
    private int count;
    private long start;
    private boolean open;
    private int maxRunning;

    /**
     * Adds the latency of a call that ended now, while this many calls ran, itself included. A call that started before
     * the window does not count, because another limit applied to it.
     */
    void add(long started, long latency, int running) {
        if (samples.length == 0) { // most tools of a large catalog are never called
            samples = new long[CAPACITY];
        }
        if (!open) {
            begin(started);
        }
        if (started - start < 0) {
            return;
        }
        samples[count % CAPACITY] = Math.max(1, latency); // 0 stands for an unknown latency
        count++;
        maxRunning = Math.max(maxRunning, running);
    }

    int count() {
        return count;
    }

    int maxRunning() {
        return maxRunning;
    }

    /** Returns the time since the beginning of the window. */
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
        open = true;
        start = now;
        count = 0;
        maxRunning = 0;
    }
}
