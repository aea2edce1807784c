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
    void growsOnlyAsFarAsItWasUsed() {
        windows(3, 20, 1);
        windows(2, 100, MAX);
        int low = limit.limit(now);
        windows(1, 20, low / 2 + 1);
        assertThat(limit.limit(now)).isEqualTo(low);

        windows(2, 20, low);
        assertThat(limit.limit(now)).isGreaterThan(low);
    }

    @Test
    void aWindowBeginsEarlyWhenCallsAreFastAgain() {
        windows(3, 20, 1);
        windows(1, 10_000, MAX);
        int low = limit.limit(now);
        for (int second = 0; second < 2; second++) { // much less than one latency
            windows(5, 20, low);
        }

        assertThat(limit.limit(now)).isGreaterThan(low);
        assertThat(limit.serviceTime()).isEqualTo(20 * MILLI);
    }

    // ---- timeouts ---------------------------------------------------------------------------------------------------

    /** Ends one window, in which this many calls timed out and the others took 20 ms. */
    private void timeouts(int calls, int others) {
        long started = now + 25 * MILLI;
        for (int i = 1; i <= calls + others; i++) {
            long ended = now + (i < calls + others ? 30 : 200) * MILLI;
            limit.record(started, i <= calls ? SampleWindow.TIMED_OUT : 20 * MILLI, ended, MAX);
        }
        now += 200 * MILLI;
    }

    @Test
    void timeoutsHalveTheLimitAndLeaveTheLatencies() {
        windows(3, 20, 1);
        timeouts(10, 10);
        assertThat(limit.limit(now)).isBetween(MAX / 2, MAX / 2 + 10);
        assertThat(limit.serviceTime()).isEqualTo(20 * MILLI);

        timeouts(10, 0);
        assertThat(limit.limit(now)).isLessThan(MAX / 2);
        assertThat(limit.serviceTime()).isEqualTo(20 * MILLI);
    }

    @Test
    void aFewTimeoutsDoNotChangeTheLimit() {
        windows(3, 20, 1);
        timeouts(9, 11);

        assertThat(limit.limit(now)).isEqualTo(MAX);
    }

    @Test
    void afterTimeoutsTheFirstFastCallsRestoreHalfOfTheLimit() {
        windows(3, 20, 1);
        for (int i = 0; i < 20; i++) {
            timeouts(20, 0);
        }
        assertThat(limit.limit(now)).isEqualTo(MIN);
        windows(1, 200, MIN);
        assertThat(limit.limit(now)).isEqualTo(MIN);

        windows(4, 20, MIN);
        assertThat(limit.limit(now)).isEqualTo(MAX / 2);
    }

    @Test
    void timeoutsAreNoLatencyWithoutLoad() {
        window(30, 200, MAX); // begins a measurement
        timeouts(26, 0);
        windows(2, 20, 1);
        windows(3, 100, MAX);

        assertThat(limit.limit(now)).isLessThan(MAX / 2);
    }

    // ---- measurements -----------------------------------------------------------------------------------------------

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
