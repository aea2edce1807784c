package io.breakwater.core.metrics;

import io.breakwater.core.business.health.LatencyStats;
import io.breakwater.core.business.health.RequestStats;
import io.breakwater.server.interceptor.CallStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * The totals of the counters at one time. Immutable. The cells are the buckets, the total time and the statuses, as in
 * one stripe of a {@link StripedCounters}. The difference of two totals covers the time between them.
 */
final class CounterTotals {
    static final int TIME = HistogramBuckets.COUNT;
    static final List<CallStatus> STATUSES = List.of(CallStatus.values());
    static final int CELLS = TIME + 1 + STATUSES.size();

    private final long[] cells;

    private CounterTotals(long[] cells) {
        this.cells = cells;
    }

    static CounterTotals of(Iterable<CallMeter> meters) {
        var sums = new long[CELLS];
        meters.forEach(meter -> meter.addTo(sums));
        return new CounterTotals(sums);
    }

    @SuppressWarnings("EnumOrdinal") // an index within this process, which is never stored
    static int cell(CallStatus status) {
        return TIME + 1 + status.ordinal();
    }

    CounterTotals since(CounterTotals earlier) {
        var difference = new long[CELLS];
        Arrays.setAll(difference, cell -> cells[cell] - earlier.cells[cell]);
        return new CounterTotals(difference);
    }

    long calls() {
        return count(status -> true);
    }

    RequestStats stats(Duration span) {
        return new RequestStats(span, calls(), count(CallStatus::isFailure), count(CallStatus::isServerFault));
    }

    /** Returns the counts of the statuses that occurred. */
    SequencedMap<String, Long> statuses() {
        var counts = new LinkedHashMap<String, Long>();
        STATUSES.stream()
                .filter(status -> cells[cell(status)] > 0)
                .forEach(status -> counts.put(status.word(), cells[cell(status)]));
        return counts;
    }

    LatencyStats latency() {
        long timed = Arrays.stream(cells, 0, HistogramBuckets.COUNT).sum();
        Duration mean = timed == 0 ? Duration.ZERO : Duration.ofNanos(cells[TIME] / timed);
        return new LatencyStats(mean, quantile(timed, 0.50), quantile(timed, 0.95), quantile(timed, 0.99));
    }

    /** Estimates a quantile, as if the calls of a bucket were spread evenly over it. */
    private Duration quantile(long timed, double share) {
        long rank = (long) Math.ceil(share * timed);
        long below = 0;
        for (int bucket = 0; bucket < HistogramBuckets.COUNT; bucket++) {
            long inBucket = cells[bucket];
            if (inBucket > 0 && below + inBucket >= rank) {
                double width = HistogramBuckets.floor(bucket + 1) - HistogramBuckets.floor(bucket);
                return Duration.ofNanos(HistogramBuckets.floor(bucket) + (long) (width * (rank - below) / inBucket));
            }
            below += inBucket;
        }
        return Duration.ZERO;
    }

    private long count(Predicate<CallStatus> filter) {
        return STATUSES.stream()
                .filter(filter)
                .mapToLong(status -> cells[cell(status)])
                .sum();
    }
}
