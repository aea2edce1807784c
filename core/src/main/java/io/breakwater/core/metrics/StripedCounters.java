package io.breakwater.core.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters that many threads raise at once without waiting for each other: several copies, the stripes, one of which a
 * thread picks by its id; a reading adds them up. To record is three atomic additions, without allocation.
 */
final class StripedCounters {
    /**
     * More than this many threads at the same instant are rare even on large machines, and every stripe costs 2 KiB.
     */
    private static final int MOST_STRIPES = 8;

    private static final int STRIPES = stripes(Runtime.getRuntime().availableProcessors());

    private final AtomicLongArray cells = new AtomicLongArray(STRIPES * CounterTotals.CELLS);

    /** Counts one call; true when it is the first of its status on this stripe, and so perhaps the first of all. */
    boolean add(CallStatus status, long nanos) {
        int stripe = stripe();
        cells.getAndIncrement(stripe + HistogramBuckets.of(nanos));
        cells.getAndAdd(stripe + CounterTotals.TIME, nanos);
        return cells.getAndIncrement(stripe + CounterTotals.cell(status)) == 0;
    }

    /** Counts one message that took no time; true as above. */
    boolean add(CallStatus status) {
        return cells.getAndIncrement(stripe() + CounterTotals.cell(status)) == 0;
    }

    private static int stripe() {
        return (int) (Thread.currentThread().threadId() & (STRIPES - 1)) * CounterTotals.CELLS;
    }

    long addTimed() {
        long sum = 0;
        for (int bucket = 0; bucket < HistogramBuckets.COUNT; bucket++) {
            sum += sum(bucket);
        }
        return sum;
    }

    long sum(int cell) {
        long sum = 0;
        for (int at = cell; at < cells.length(); at += CounterTotals.CELLS) {
            sum += cells.get(at);
        }
        return sum;
    }

    void addTo(long[] sums) {
        for (int cell = 0; cell < CounterTotals.CELLS; cell++) {
            sums[cell] += sum(cell);
        }
    }

    /** The power of two that is no less than the processors. */
    private static int stripes(int processors) {
        int wanted = Math.min(processors, MOST_STRIPES);
        return wanted == 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
    }
}
