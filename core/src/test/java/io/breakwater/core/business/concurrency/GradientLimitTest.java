package io.breakwater.core.business.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a limit follows the latency. */
class GradientLimitTest {
    private static final long MILLI = 1_000_000;
    private static final int MIN = 4;
    private static final int MAX = 100;

    private final GradientLimit limit = new GradientLimit(MIN, MAX, Duration.ofMinutes(1), () -> 0);
    private long now = 1_000 * MILLI;

    /** Ends this many calls of one window, which took this long while that many ran. */
    private void window(int calls, long millis, int running) {
        now += 100 * MILLI;
        for (int i = 0; i < calls; i++) {
            limit.record(now, millis * MILLI, now + millis * MILLI, running);
        }
        now += (millis + 1) * MILLI;
        limit.record(now - millis * MILLI, millis * MILLI, now, running);
    }

    private void windows(int windows, long millis, int running) {
        for (int i = 0; i < windows; i++) {
            window(30, millis, running);
        }
    }

    @Test
    void beginsAtTheMaximum() {
        assertThat(limit.limit(now)).isEqualTo(MAX);
        assertThat(limit.serviceTime()).isZero();
    }

    @Test
    void shrinksWhileCallsTakeLongerThanWithoutLoad() {
        windows(3, 20, 1);
        assertThat(limit.serviceTime()).isEqualTo(20 * MILLI);
        windows(3, 100, MAX);

        assertThat(limit.limit(now)).isLessThan(MAX / 2);
    }

    @Test
    void neverFallsBelowTheMinimum() {
        windows(3, 20, 1);
        for (int i = 0; i < 200; i++) {
            windows(1, 1_000, MAX);
            assertThat(limit.limit(now)).isBetween(MIN, MAX);
        }
    }

    @Test
    void keepsItsValueWhileLessThanHalfOfItIsInUse() {
        windows(3, 20, 1);
        windows(5, 500, MAX / 2 - 1);

        assertThat(limit.limit(now)).isGreaterThanOrEqualTo(MAX / 2);
    }

    @Test
    void ignoresDifferencesOfAFewMilliseconds() {
        windows(3, 1, 1);
        windows(5, 5, MAX);

        assertThat(limit.limit(now)).isGreaterThanOrEqualTo(MAX / 2);
    }

    @Test
    void ignoresWindowsWithFewCalls() {
        windows(3, 20, 1);
        for (int i = 0; i < 8; i++) {
            limit.record(now, 500 * MILLI, now + 500 * MILLI, MAX);
        }

        assertThat(limit.limit(now)).isGreaterThanOrEqualTo(MAX / 2);
        assertThat(limit.serviceTime()).isEqualTo(20 * MILLI);
    }

    @Test
    void followsTheLatencyBelowTheMaximumOfATool() {
        limit.max(10);
        assertThat(limit.limit(now)).isEqualTo(10);
        windows(3, 20, 1);
        windows(5, 200, 10);
        assertThat(limit.limit(now)).isLessThan(10);

        limit.max(2);
        assertThat(limit.limit(now)).isEqualTo(2);
    }

    @Test
    void aMeasurementWithoutCallsEndsByItself() {
        window(30, 200, MAX); // many calls ran, so the latency without load has to be measured
        assertThat(limit.limit(now)).isEqualTo(MAX / 8);

        assertThat(limit.limit(now + Duration.ofMinutes(1).toNanos())).isEqualTo(MAX);
    }

    @Test
    void callsThatStartedBeforeTheMeasurementDoNotCount() {
        window(30, 200, MAX);
        assertThat(limit.limit(now)).isEqualTo(MAX / 8);
        for (int i = 0; i < 100; i++) {
            limit.record(now - 300 * MILLI, 300 * MILLI, now, MAX);
        }
        assertThat(limit.limit(now)).isEqualTo(MAX / 8);

        long started = now + 1;
        for (int i = 0; i < 25; i++) {
            limit.record(started, 20 * MILLI, started + 20 * MILLI, 10);
        }
        assertThat(limit.limit(now)).isEqualTo(MAX);
    }
}
