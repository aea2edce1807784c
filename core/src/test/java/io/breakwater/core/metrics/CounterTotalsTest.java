package io.breakwater.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.health.LatencyStats;
import io.breakwater.server.interceptor.CallStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CounterTotalsTest {
    private static final Duration SPAN = Duration.ofMinutes(1);

    private final CallMeter meter = new CallMeter(new CallKey("tools/list", null), (first, status) -> {});

    @Test
    void tellsPercentilesToWithinAnEighth() {
        var random = new Random(42);
        var nanos = random.ints(10_000, 0, 40)
                .mapToLong(exponent -> (long) (2_000 * Math.pow(1.5, exponent)))
                .toArray();
        Arrays.stream(nanos).forEach(each -> meter.record(CallStatus.OK, each));
        Arrays.sort(nanos);
        LatencyStats latency = totals().latency();

        assertThat(latency.p50().toNanos()).isCloseTo(nanos[5_000], Percentage.withPercentage(12.5));
        assertThat(latency.p95().toNanos()).isCloseTo(nanos[9_500], Percentage.withPercentage(12.5));
        assertThat(latency.p99().toNanos()).isCloseTo(nanos[9_900], Percentage.withPercentage(12.5));
        assertThat(latency.mean().toNanos()).isEqualTo(Arrays.stream(nanos).sum() / 10_000);
    }

    @Test
    void tellsNoTimeOfNoCalls() {
        assertThat(totals().latency())
                .isEqualTo(new LatencyStats(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        assertThat(totals().stats(SPAN).errorRate()).isZero();
        assertThat(totals().stats(SPAN).faultRate()).isZero();
    }

    @Test
    void tellsTheServersFaultsFromTheCallersErrors() {
        CounterTotals.STATUSES.forEach(status -> meter.record(status, 1));

        assertThat(totals().stats(SPAN).calls()).isEqualTo(17);
        assertThat(totals().stats(SPAN).failed()).isEqualTo(13);
        assertThat(totals().stats(SPAN).faults()).isEqualTo(4);
    }

    @Test
    void theDifferenceOfTwoTotalsIsWhatHappenedBetweenThem() {
        meter.record(CallStatus.INTERNAL_ERROR, Duration.ofSeconds(9).toNanos());
        CounterTotals before = totals();
        meter.record(CallStatus.OK, Duration.ofMillis(1).toNanos());
        CounterTotals between = totals().since(before);

        assertThat(between.statuses()).containsExactly(Map.entry("ok", 1L));
        assertThat(between.latency().p99()).isLessThan(Duration.ofMillis(2));
    }

    private CounterTotals totals() {
        return CounterTotals.of(List.of(meter));
    }
}
