package io.breakwater.core.metrics;

import io.breakwater.server.interceptor.CallStatus;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of one method or of one tool. The dispatcher of calls gets a meter from {@link ServerMetrics} once
 * and stores it. Thread-safe. A record takes about ten nanoseconds and allocates nothing; the histogram of a registry
 * adds about 0.15 µs.
 */
public final class CallMeter {
    private final CallKey key;
    private final CallMeterListener listener;
    private volatile @Nullable StripedCounters counters;
    private @Nullable Timer timer; // set before counters, once

    CallMeter(CallKey key, CallMeterListener listener) {
        this.key = key;
        this.listener = listener;
    }

    /**
     * Records one call.
     *
     * @param nanos the duration of the call in nanoseconds
     */
    public void record(CallStatus status, long nanos) {
        StripedCounters known = counters;
        if ((known == null ? counters() : known).add(status, nanos)) {
            listener.onFirst(this, status);
        }
        var histogram = timer;
        if (histogram != null) {
            histogram.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Records a message that was refused before it became a call, and therefore has no duration. */
    public void refuse(CallStatus status) {
        StripedCounters known = counters;
        if ((known == null ? counters() : known).add(status)) {
            listener.onFirst(this, status);
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
        return CounterTotals.STATUSES.stream().mapToLong(this::count).sum();
    }

    long failed() {
        return CounterTotals.STATUSES.stream()
                .filter(CallStatus::isFailure)
                .mapToLong(this::count)
                .sum();
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
            timer = listener.timer(key);
            counters = known;
        }
        return known;
    }
}
