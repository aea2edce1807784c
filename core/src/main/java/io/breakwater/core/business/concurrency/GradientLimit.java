package io.breakwater.core.business.concurrency;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * A limit on concurrent calls that follows their latency, as the gradient controller of Envoy does (<a
 * href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/adaptive_concurrency_filter">Adaptive
 * Concurrency</a>).
 *
 * <p>Two latencies are compared: <em>minRTT</em>, that of calls that run without contention ({@link MinRtt}), and
 * <em>sampleRTT</em>, the median of the calls that started and ended in the latest window. Every window changes the limit:
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
 * <p>It differs from Envoy in a few ways. The limit starts at its maximum, and changes only while at least half of it is
 * in use: an idle server, or one whose calls became slow for another reason, keeps its limit. The buffer is at least 5
 * ms, because differences below it are the noise of schedulers and garbage collectors. A window that shows a latency below
 * minRTT replaces minRTT at once. Windows last longer where calls are rare or slow, and a window begins one latency after a
 * change, since calls that start before meet those that the old limit admitted.
 *
 * <p>A call that timed out says that calls wait for something, and not how long. A window in which at least half of the
 * calls timed out halves the limit, and changes neither latency: the outage of a system behind the handler must not become
 * the latency without load, or the time that callers are told to wait. The first window afterwards whose latency is that
 * of calls without load raises the limit to half of its value before the timeouts, as TCP does (RFC 5681: ssthresh).
 *
 * <p>Time is a parameter, in nanoseconds of any clock. Not thread-safe.
 */
final class GradientLimit {
    private static final long WINDOW = Duration.ofMillis(100).toNanos();
    private static final int MIN_SAMPLES = 10;

    private static final double BUFFER = 0.25;
    private static final double MIN_BUFFER = Duration.ofMillis(5).toNanos();
    private static final double MIN_GRADIENT = 0.5;
    private static final double MAX_GRADIENT = 2;

    /** The windows with the minimum as limit after which minRTT must be wrong. */
    private static final int WINDOWS_AT_MINIMUM = 5;

    private final int lowest;
    private final SampleWindow window = new SampleWindow();
    private final MinRtt minRtt;

    private int min;
    private int max;
    private double limit;
    private double limitBeforeTimeouts; // 0 unless calls timed out and have not recovered
    private long sampleRtt;
    private int windowsAtMinimum;

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
        this.minRtt = new MinRtt(interval, random);
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
        if (minRtt.isTooLong(sampleRtt, now)) {
            endMeasurement(now);
        }
        return Math.max(min, (int) limit / minRtt.divisor());
    }

    /** Returns how long calls take at present; 0 if that is unknown. */
    long serviceTime() {
        return sampleRtt;
    }

    /**
     * Records a call that has done its work.
     *
     * @param started when it received its permit
     * @param latency the time from then to its outcome; {@link SampleWindow#TIMED_OUT} if its deadline passed before
     * @param running how many calls run, including this one
     */
    void record(long started, long latency, long now, int running) {
        window.add(started, latency, now, running, (int) limit);
        if (minRtt.isMeasuring()) {
            if (window.count() >= MinRtt.SAMPLES || minRtt.isTooLong(sampleRtt, now)) {
                endMeasurement(now);
            }
        } else if (window.count() >= MIN_SAMPLES && window.age(now) >= WINDOW) {
            update(now);
        }
    }

    private void beginMeasurement(long now) {
        windowsAtMinimum = 0;
        minRtt.begin(now);
        window.begin(now); // the calls that start from now on are below the lowered limit
    }

    private void endMeasurement(long now) {
        minRtt.end(window, now);
        window.begin(now, sampleRtt);
    }

    // ---- the limit --------------------------------------------------------------------------------------------------

    private void update(long now) {
        long median = window.median();
        if (median == SampleWindow.TIMED_OUT) {
            shrink(now);
        } else if (minRtt.isKnown()) {
            sampleRtt = median;
            follow(now);
        } else {
            sampleRtt = median;
            firstWindow(now);
        }
    }

    private void shrink(long now) {
        if (isInUse()) {
            limitBeforeTimeouts = Math.max(limitBeforeTimeouts, limit);
            limit = Math.clamp(scaled(MIN_GRADIENT * limit), min, max);
        }
        window.begin(now, sampleRtt);
    }

    /** Takes the first latency for minRTT if few calls ran; otherwise it contains the time they waited for each other. */
    private void firstWindow(long now) {
        if (window.maxRunning() <= min) {
            minRtt.lower(sampleRtt, now);
            window.begin(now);
        } else {
            beginMeasurement(now);
        }
    }

    private void follow(long now) {
        if (sampleRtt < minRtt.value() && window.count() >= MinRtt.SAMPLES) {
            minRtt.lower(sampleRtt, now);
        }
        recover();
        if (isInUse()) {
            adapt();
        }
        if (windowsAtMinimum >= WINDOWS_AT_MINIMUM || (limitBeforeTimeouts == 0 && minRtt.isDue(now))) {
            beginMeasurement(now);
        } else {
            window.begin(now, sampleRtt); // until then, the number of running calls follows the new limit
        }
    }

    private boolean isInUse() {
        return window.maxRunning() * 2 >= limit;
    }

    /** Raises the limit once the calls that timed out before are as fast as without load. */
    private void recover() {
        if (sampleRtt <= target()) {
            limit = Math.clamp(limitBeforeTimeouts / 2, limit, max);
            limitBeforeTimeouts = 0;
        }
    }

    private void adapt() {
        boolean wasMinimum = limit <= min;
        double gradient = Math.clamp(target() / Math.max(1, sampleRtt), MIN_GRADIENT, MAX_GRADIENT);
        double grown = Math.max(limit, scaled(gradient * Math.min(limit, window.maxRunning())));
        limit = Math.clamp(Math.min(scaled(gradient * limit), grown), min, max);
        windowsAtMinimum = wasMinimum && limit <= min ? windowsAtMinimum + 1 : 0;
    }

    /** Returns the latency up to which the limit grows. */
    private double target() {
        return minRtt.value() + Math.max(BUFFER * minRtt.value(), MIN_BUFFER);
    }

    private static double scaled(double calls) {
        return calls + Math.sqrt(calls);
    }
}
