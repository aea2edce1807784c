package io.breakwater.core.business.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The average of a gauge over the last minute, so that short peaks do not count. Thread-safe. */
final class GaugeAverage {
    static final Duration LENGTH = Duration.ofSeconds(60);

    /** The minimum time between two samples, regardless of how often health is requested. */
    static final Duration SPACING = Duration.ofSeconds(5);

    private static final double UNKNOWN = -1;

    private final DoubleSupplier gauge;
    private final LongSupplier nanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Creates an average without samples.
     *
     * @param gauge returns a share between 0 and 1, or a negative value if it is unknown
     * @param nanos the clock in nanoseconds
     */
    GaugeAverage(DoubleSupplier gauge, LongSupplier nanos) {
        this.gauge = gauge;
        this.nanos = nanos;
    }

    /** Samples the gauge, unless the latest sample is recent. */
    synchronized void sample() {
        long now = nanos.getAsLong();
        if (!samples.isEmpty() && now - samples.getLast().nanos() < SPACING.toNanos()) {
            return;
        }
        samples.removeIf(sample -> now - sample.nanos() > LENGTH.toNanos());
        samples.add(new Sample(now, gauge.getAsDouble()));
    }

    /** Returns the average, or a negative value if it is unknown. */
    synchronized double mean() {
        return samples.stream()
                .mapToDouble(Sample::share)
                .filter(share -> share >= 0)
                .average()
                .orElse(UNKNOWN);
    }

    /** Returns the average if the samples cover the whole minute, or a negative value before that. */
    synchronized double fullMean() {
        long span =
                samples.isEmpty() ? 0 : nanos.getAsLong() - samples.getFirst().nanos();
        return span >= LENGTH.minus(SPACING).toNanos() ? mean() : UNKNOWN;
    }

    private record Sample(long nanos, double share) {}
}
