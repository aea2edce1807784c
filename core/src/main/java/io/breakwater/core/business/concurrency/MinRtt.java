package io.breakwater.core.business.concurrency;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The latency of calls that run without contention (<em>minRTT</em>), and when it is measured.
 *
 * <p>It is measured again regularly, after a pause with random jitter so that the servers of a deployment do not measure
 * together. For the measurement, the limit on concurrent calls is halved (for the first one divided by eight) until enough
 * calls have started and ended below it. The first pauses are short, and so is the one after a latency that is clearly
 * lower, because the half of a limit that is much too high is too high as well. Measurements and pauses last longer where
 * calls are slow.
 *
 * <p>Time is a parameter, in nanoseconds of any clock. Not thread-safe.
 */
final class MinRtt {
    /** The samples of a measurement, and those from which on a measurement that takes too long counts. */
    static final int SAMPLES = 25;

    private static final int FEWEST_SAMPLES = 5;

    /** By how much a measurement lowers the limit; more for the first one, which begins at the maximum. */
    private static final int DIVISOR = 2;

    private static final int FIRST_DIVISOR = 8;
    private static final long SHORTEST = Duration.ofSeconds(1).toNanos();
    private static final int LATENCIES = 20;

    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final int PAUSE_LATENCIES = 100;
    private static final double JITTER = 0.15;
    private static final double LOWER = 0.9;

    private final long interval;
    private final DoubleSupplier random;
    private long value; // 0 if unknown
    private boolean measuring;
    private long since;
    private long next;
    private long pause = FIRST_PAUSE;

    /**
     * Creates an unknown latency.
     *
     * @param interval the longest pause between two measurements
     * @param random returns numbers from 0 to below 1, for the jitter
     */
    MinRtt(Duration interval, DoubleSupplier random) {
        this.interval = interval.toNanos();
        this.random = random;
    }

    /** Returns the latency in nanoseconds; 0 if it is unknown. */
    long value() {
        return value;
    }

    boolean isKnown() {
        return value != 0;
    }

    /** Replaces the latency by a lower one, or the first one, that was found without a measurement. */
    void lower(long latency, long now) {
        boolean clearly = isLower(latency);
        value = latency;
        if (clearly) {
            schedule(now, FIRST_PAUSE);
        }
    }

    private boolean isLower(long latency) {
        return value == 0 || latency < LOWER * value;
    }

    // ---- measurements -----------------------------------------------------------------------------------------------

    boolean isMeasuring() {
        return measuring;
    }

    /** Returns the number by which the limit is divided now. */
    int divisor() {
        return !measuring ? 1 : value == 0 ? FIRST_DIVISOR : DIVISOR;
    }

    /** Returns whether the pause since the latest measurement is over. */
    boolean isDue(long now) {
        return now - next >= 0;
    }

    void begin(long now) {
        measuring = true;
        since = now;
    }

    /** Returns whether a measurement takes too long, for calls that take this long at present. */
    boolean isTooLong(long latency, long now) {
        return measuring && now - since > Math.max(SHORTEST, LATENCIES * Math.max(value, latency));
    }

    /** Ends a measurement; the latency stays what it was if there were too few samples, or if the calls timed out. */
    void end(SampleWindow samples, long now) {
        measuring = false;
        long measured = samples.count() < FEWEST_SAMPLES ? SampleWindow.TIMED_OUT : samples.median();
        long time = isLower(measured) ? FIRST_PAUSE : 2 * pause;
        value = measured == SampleWindow.TIMED_OUT ? value : measured;
        schedule(now, time);
    }

    private void schedule(long now, long time) {
        pause = Math.min(time, Math.max(interval, PAUSE_LATENCIES * value));
        next = now + (long) (pause * (1 + JITTER * random.getAsDouble()));
    }
}
