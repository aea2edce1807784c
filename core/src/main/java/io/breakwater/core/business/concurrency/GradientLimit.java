package io.breakwater.core.business.concurrency;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * A limit on concurrent calls that follows their latency, as the gradient controller of Envoy does (<a
 * href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/adaptive_concurrency_filter">Adaptive
 * Concurrency</a>).
 *
 * <p>Two latencies are compared: <em>minRTT</em>, that of calls that run without contention, and <em>sampleRTT</em>, the
 * median of the calls that started and ended in the latest window. Every window changes the limit:
 *
 * <pre>{@code
 * gradient = (minRTT + buffer) / sampleRTT        from 0.5 to 2
 * limit    = gradient * limit + sqrt(gradient * limit)
 * }</pre>
 *
 * While calls wait for each other, the latency is proportional to their number, so the limit settles a little above the
 * number of calls that the work behind it can do at once. The square root makes it grow for as long as the latency
 * allows.
 *
 * <p>minRTT is measured again regularly, after a pause with random jitter so that the servers of a deployment do not
 * measure together. For the measurement, the limit is halved (for the first one divided by eight) until enough calls have
 * started and ended below it. The first pauses are short, and so is the one after a measurement that found a lower value,
 * because the half of a limit that is much too high is too high as well.
 *
 * <p>It differs from Envoy in a few ways. The limit starts at its maximum, and changes only while at least half of it is
 * in use: an idle server, or one whose calls became slow for another reason, keeps its limit. The buffer is at least 5
 * ms, because differences below it are the noise of schedulers and garbage collectors. A window that shows a latency below
 * minRTT replaces minRTT at once. Windows and measurements last longer where calls are rare or slow, and a window begins one
 * latency after a change, since calls that start before meet those that the old limit admitted.
 *
 * <p>Time is a parameter, in nanoseconds of any clock. Not thread-safe.
 */
final class GradientLimit {
    private static final long WINDOW = Duration.ofMillis(100).toNanos();
    private static final int MIN_SAMPLES = 10;

    /** The samples of a measurement of minRTT, and those from which on a measurement that takes too long counts. */
    private static final int MEASUREMENT_SAMPLES = 25;

    private static final int FEWEST_MEASUREMENT_SAMPLES = 5;

    /** By how much a measurement lowers the limit; more for the first one, which begins at the maximum. */
    private static final int DIVISOR = 2;

    private static final int FIRST_DIVISOR = 8;
    private static final long SHORTEST_MEASUREMENT = Duration.ofSeconds(1).toNanos();
    private static final int MEASUREMENT_LATENCIES = 20;

    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final int PAUSE_LATENCIES = 100;
    private static final double JITTER = 0.15;

    private static final double BUFFER = 0.25;
    private static final double MIN_BUFFER = Duration.ofMillis(5).toNanos();
    private static final double MIN_GRADIENT = 0.5;
    private static final double MAX_GRADIENT = 2;
    private static final double LOWER = 0.9;

    /** The windows with the minimum as limit after which minRTT must be wrong. */
    private static final int WINDOWS_AT_MINIMUM = 5;

    private final int lowest;
    private final long interval;
    private final DoubleSupplier random;
    private final SampleWindow window = new SampleWindow();

    private int min;
    private int max;
    private double limit;
    private long minRtt;
    private long sampleRtt;
    private int windowsAtMinimum;
    private boolean measuring;
    private long measuringSince;
    private long nextMeasurement;
    private long pause = FIRST_PAUSE;

    /**
     * Creates a limit between two bounds.
     *
     * @param interval the longest pause between two measurements of minRTT
     * @param random returns numbers from 0 to below 1, for the jitter
     */
    GradientLimit(int min, int max, Duration interval, DoubleSupplier random) {
        this.lowest = min;
        this.min = Math.min(min, max);
        this.max = max;
        this.interval = interval.toNanos();
        this.random = random;
        this.limit = max;
    }

    /** Changes the maximum. */
    void max(int calls) {
        max = calls;
        min = Math.min(lowest, calls);
        limit = Math.min(limit, calls);
    }

    /** Returns the number of calls that may run now. */
    int limit(long now) {
        if (measuring && now - measuringSince > longestMeasurement()) {
            endMeasurement(now);
        }
        return measuring ? Math.max(min, (int) limit / (minRtt == 0 ? FIRST_DIVISOR : DIVISOR)) : (int) limit;
    }

    /** Returns how long calls take at present; 0 if that is unknown. */
    long serviceTime() {
        return sampleRtt;
    }

    /**
     * Records a call that has done its work.
     *
     * @param started when it received its permit
     * @param latency the time from then to its outcome
     * @param running how many calls run, including this one
     */
    void record(long started, long latency, long now, int running) {
        if (measuring) {
            measure(started, latency, now, running);
            return;
        }
        window.add(started, latency, running);
        if (window.count() >= MIN_SAMPLES && window.age(now) >= WINDOW) {
            update(now);
        }
    }

    // ---- the limit --------------------------------------------------------------------------------------------------

    private void update(long now) {
        sampleRtt = window.median();
        if (minRtt == 0) {
            firstWindow(now);
            return;
        }
        if (sampleRtt < minRtt && window.count() >= MEASUREMENT_SAMPLES) {
            minRtt = sampleRtt;
        }
        if (window.maxRunning() * 2 >= limit) {
            adapt();
        }
        if (windowsAtMinimum >= WINDOWS_AT_MINIMUM || now - nextMeasurement >= 0) {
            beginMeasurement(now);
        } else {
            window.begin(now + sampleRtt); // until then, the number of running calls follows the new limit
        }
    }

    /** Takes the first latency for minRTT if few calls ran; otherwise it contains the time they waited for each other. */
    private void firstWindow(long now) {
        if (window.maxRunning() <= min) {
            minRtt = sampleRtt;
            schedule(now, FIRST_PAUSE);
            window.begin(now);
        } else {
            beginMeasurement(now);
        }
    }

    private void adapt() {
        double buffer = Math.max(BUFFER * minRtt, MIN_BUFFER);
        double gradient = Math.clamp((minRtt + buffer) / Math.max(1, sampleRtt), MIN_GRADIENT, MAX_GRADIENT);
        double scaled = gradient * limit;
        boolean wasMinimum = limit <= min;
        limit = Math.clamp(scaled + Math.sqrt(scaled), min, max);
        windowsAtMinimum = wasMinimum && limit <= min ? windowsAtMinimum + 1 : 0;
    }

    // ---- minRTT -----------------------------------------------------------------------------------------------------

    private void beginMeasurement(long now) {
        measuring = true;
        measuringSince = now;
        windowsAtMinimum = 0;
        window.begin(now);
    }

    /** Counts a call that started during the measurement, and therefore below the lowered limit. */
    private void measure(long started, long latency, long now, int running) {
        window.add(started, latency, running);
        if (window.count() >= MEASUREMENT_SAMPLES || now - measuringSince > longestMeasurement()) {
            endMeasurement(now);
        }
    }

    private long longestMeasurement() {
        return Math.max(SHORTEST_MEASUREMENT, MEASUREMENT_LATENCIES * Math.max(minRtt, sampleRtt));
    }

    private void endMeasurement(long now) {
        measuring = false;
        long measured = window.count() < FEWEST_MEASUREMENT_SAMPLES ? minRtt : window.median();
        window.begin(now);
        boolean found = minRtt == 0 || measured < LOWER * minRtt;
        minRtt = measured;
        schedule(now, found ? FIRST_PAUSE : 2 * pause);
    }

    private void schedule(long now, long time) {
        pause = Math.min(time, Math.max(interval, PAUSE_LATENCIES * minRtt));
        nextMeasurement = now + (long) (pause * (1 + JITTER * random.getAsDouble()));
    }
}
