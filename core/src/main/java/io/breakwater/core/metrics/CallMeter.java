package io.breakwater.core.metrics;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of one method or of one tool. The dispatcher of calls gets a meter from {@link ServerMetrics} once
 * and stores it. Thread-safe; a record takes about ten nanoseconds and allocates nothing.
 */
public final class CallMeter {
    private final CallKey key;
    private final BiConsumer<CallMeter, CallStatus> onFirst;
    private volatile @Nullable StripedCounters counters;

    CallMeter(CallKey key, BiConsumer<CallMeter, CallStatus> onFirst) {
        this.key = key;
        this.onFirst = onFirst;
    }

    /**
     * Records one call.
     *
     * @param nanos the duration of the call in nanoseconds
     */
    public void record(CallStatus status, long nanos) {
        StripedCounters known = counters;
        if ((known == null ? counters() : known).add(status, nanos)) {
            onFirst.accept(this, status);
        }
    }

    /** Records a message that was refused before it became a call, and therefore has no duration. */
    public void refuse(CallStatus status) {
        StripedCounters known = counters;
        if ((known == null ? counters() : known).add(status)) {
            onFirst.accept(this, status);
        }
    }

    CallKey key() {
        return key;
    }

    long count(CallStatus status) {
        StripedCounters known = counters;
        return known == null ? 0 : known.sum(CounterTotals.cell(status));
    }

    long calls() {
        return CallStatus.ALL.stream().mapToLong(this::count).sum();
    }

    /** Returns the number of calls that have a duration. */
    long timed() {
        StripedCounters known = counters;
        return known == null ? 0 : known.timed();
    }

    long failed() {
        return CallStatus.ALL.stream()
                .filter(CallStatus::failed)
                .mapToLong(this::count)
                .sum();
    }

    long nanos() {
        StripedCounters known = counters;
        return known == null ? 0 : known.sum(CounterTotals.TIME);
    }

    void addTo(long[] sums) {
        StripedCounters known = counters;
        if (known != null) {
            known.addTo(sums);
        }
    }

    /**
     * Creates the counters at the first call, because they are large and most tools of a large catalog are never
     * called.
     */
    private synchronized StripedCounters counters() {
        StripedCounters known = counters;
        if (known == null) {
            known = new StripedCounters();
            counters = known;
        }
        return known;
    }
}
