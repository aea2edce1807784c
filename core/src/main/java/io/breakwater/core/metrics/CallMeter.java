package io.breakwater.core.metrics;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of one method, or of one tool. Whoever dispatches calls gets it once from {@link ServerMetrics} and
 * keeps it. Thread-safe; to record takes some ten nanoseconds and allocates nothing.
 */
public final class CallMeter {
    private final CallKey key;
    private final BiConsumer<CallMeter, CallStatus> first;
    private volatile @Nullable StripedCounters tally;

    CallMeter(CallKey key, BiConsumer<CallMeter, CallStatus> first) {
        this.key = key;
        this.first = first;
    }

    /**
     * One call has ended.
     *
     * @param nanos how long it took
     */
    public void record(CallStatus status, long nanos) {
        StripedCounters known = tally;
        if ((known == null ? tally() : known).add(status, nanos)) {
            first.accept(this, status);
        }
    }

    /** A message was turned away before it became a call, and so took no time worth telling. */
    public void refuse(CallStatus status) {
        StripedCounters known = tally;
        if ((known == null ? tally() : known).add(status)) {
            first.accept(this, status);
        }
    }

    CallKey key() {
        return key;
    }

    long count(CallStatus status) {
        StripedCounters known = tally;
        return known == null ? 0 : known.sum(CounterTotals.cell(status));
    }

    long calls() {
        return CallStatus.ALL.stream().mapToLong(this::count).sum();
    }

    /** Those of them that took time. */
    long timed() {
        StripedCounters known = tally;
        return known == null ? 0 : known.addTimed();
    }

    long failed() {
        return CallStatus.ALL.stream()
                .filter(CallStatus::failed)
                .mapToLong(this::count)
                .sum();
    }

    long nanos() {
        StripedCounters known = tally;
        return known == null ? 0 : known.sum(CounterTotals.TIME);
    }

    void addTo(long[] sums) {
        StripedCounters known = tally;
        if (known != null) {
            known.addTo(sums);
        }
    }

    /** Made at the first call: most tools of a large catalogue are never called, and a tally is not small. */
    private synchronized StripedCounters tally() {
        StripedCounters known = tally;
        if (known == null) {
            known = new StripedCounters();
            tally = known;
        }
        return known;
    }
}
