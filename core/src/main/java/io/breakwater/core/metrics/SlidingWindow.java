package io.breakwater.core.metrics;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * The totals of the last few minutes, one sample for each tick. The difference between the current totals and the
 * oldest sample covers that time, at no cost for the counters.
 */
final class SlidingWindow {
    private final Duration span;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    SlidingWindow(Duration span, Sample start) {
        this.span = span;
        samples.add(start);
    }

    /** The totals at one time. */
    record Sample(long nanos, CounterTotals totals) {

        Duration until(Sample later) {
            return Duration.ofNanos(later.nanos - nanos);
        }
    }

    /** Adds a sample and removes old ones; the newest of those that are older than the span stays. */
    synchronized void tick(Sample now) {
        samples.add(now);
        Sample oldest = samples.remove();
        while (samples.getFirst().until(now).compareTo(span) >= 0) {
            oldest = samples.remove();
        }
        samples.addFirst(oldest);
    }

    /** Returns the sample at which the window begins. */
    synchronized Sample start() {
        return samples.getFirst();
    }
}
