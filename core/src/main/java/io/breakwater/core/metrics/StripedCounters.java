package io.breakwater.core.metrics;

import io.breakwater.server.interceptor.CallStatus;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters that many threads increment at once without contention: several copies, the stripes, of which a thread
 * selects one by its id. Readers add the stripes up. A record takes three atomic additions and allocates nothing.
 */
final class StripedCounters {
    /** More simultaneous threads are rare even on large machines, and every stripe takes 2 KiB. */
    private static final int MOST_STRIPES = 8;

    private static final int STRIPES = stripes(Runtime.getRuntime().availableProcessors());

    private final AtomicLongArray cells = new AtomicLongArray(STRIPES * CounterTotals.CELLS);

    /**
     * Counts one call; returns true if it is the first of its status on this stripe, and therefore possibly the first
     * of all.
     */
    boolean add(CallStatus status, long nanos) {
        int stripe = stripe();
        cells.getAndIncrement(stripe + HistogramBuckets.of(nanos));
        cells.getAndAdd(stripe + CounterTotals.TIME, nanos);
        return cells.getAndIncrement(stripe + CounterTotals.cell(status)) == 0;
    }

    /** Counts one message without a duration; returns true as {@link #add(CallStatus, long)} does. */
    boolean add(CallStatus status) {
        return cells.getAndIncrement(stripe() + CounterTotals.cell(status)) == 0;
    }

    private static int stripe() {
        return (int) (Thread.currentThread().threadId() & (STRIPES - 1)) * CounterTotals.CELLS;
    }

    long sum(int cell) {
        long sum = 0;
        for (int index = cell; index < cells.length(); index += CounterTotals.CELLS) {
            sum += cells.get(index);
        }
        return sum;
    }

    void addTo(long[] sums) {
        for (int cell = 0; cell < CounterTotals.CELLS; cell++) {
            sums[cell] += sum(cell);
        }
    }

    /** Returns the smallest power of two that is not below the number of processors, up to the maximum. */
    private static int stripes(int processors) {
        int wanted = Math.min(processors, MOST_STRIPES);
        return wanted == 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
    }
}
