package io.breakwater.core.business.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** What a gauge showed on average over the last minute, so that a busy moment does not count. Thread-safe. */
final class GaugeAverage {
    static final Duration LENGTH = Duration.ofSeconds(60);

    /** Samples come no faster than this, however often health is asked for. */
    static final Duration SPACING = Duration.ofSeconds(5);

    private static final double UNKNOWN = -1;

    private final DoubleSupplier gauge;
    private final LongSupplier nanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * An empty window.
     *
     * @param gauge a share between 0 and 1; a negative one is unknown
     * @param nanos the time
     */
    GaugeAverage(DoubleSupplier gauge, LongSupplier nanos) {
        this.gauge = gauge;
        this.nanos = nanos;
    }

    /** Reads the gauge, unless that was done a moment ago. */
    synchronized void sample() {
        long now = nanos.getAsLong();
        if (!samples.isEmpty() && now - samples.getLast().nanos() < SPACING.toNanos()) {
            return;
        }
        samples.removeIf(sample -> now - sample.nanos() > LENGTH.toNanos());
        samples.add(new Sample(now, gauge.getAsDouble()));
    }

    /** The average; negative when nothing is known. */
    synchronized double mean() {
        return samples.stream()
                .mapToDouble(Sample::share)
                .filter(share -> share >= 0)
                .average()
                .orElse(UNKNOWN);
    }

    /** The average once the samples span the whole window; negative before. */
    synchronized double fullMean() {
        long span =
                samples.isEmpty() ? 0 : nanos.getAsLong() - samples.getFirst().nanos();
        return span >= LENGTH.minus(SPACING).toNanos() ? mean() : UNKNOWN;
    }

    private record Sample(long nanos, double share) {}
}
