package io.breakwater.core.metrics;

import static io.breakwater.server.interceptor.CallStatus.INTERNAL_ERROR;
import static io.breakwater.server.interceptor.CallStatus.INVALID_PARAMS;
import static io.breakwater.server.interceptor.CallStatus.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.breakwater.core.business.health.MetricsSnapshot;
import io.breakwater.core.business.health.MetricsSnapshot.Metric;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.interceptor.CallStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    private static final String CALL = "tools/call";
    private static final long MILLISECOND = 1_000_000;

    private final ManualExecutors executors = new ManualExecutors();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ServerMetrics meters = new ServerMetrics(registry, executors);

    @Test
    void showsEveryCallUnderItsMethodToolAndStatus() {
        CallMeter echo = meters.register(CALL, "echo");
        echo.record(OK, MILLISECOND);
        echo.record(OK, MILLISECOND);
        echo.record(INVALID_PARAMS, MILLISECOND);
        meters.register("tools/list", null).record(OK, MILLISECOND);

        assertThat(counter("mcp_requests_total", "method", CALL, "tool", "echo", "status", "ok"))
                .isEqualTo(2);
        assertThat(counter("mcp_requests_total", "method", CALL, "tool", "echo", "status", "invalid_params"))
                .isEqualTo(1);
        assertThat(counter("mcp_requests_total", "method", "tools/list", "tool", "none", "status", "ok"))
                .isEqualTo(1);
    }

    @Test
    void showsToolUsageBySuccess() {
        CallMeter echo = meters.register(CALL, "echo");
        echo.record(OK, MILLISECOND);
        echo.record(INVALID_PARAMS, MILLISECOND);
        echo.record(INTERNAL_ERROR, MILLISECOND);

        assertThat(counter("mcp_tool_usage_total", "tool_name", "echo", "success", "true"))
                .isEqualTo(1);
        assertThat(counter("mcp_tool_usage_total", "tool_name", "echo", "success", "false"))
                .isEqualTo(2);
    }

    @Test
    void showsErrorsOfAllCallsByTheirKind() {
        meters.register(CALL, "echo").record(INTERNAL_ERROR, MILLISECOND);
        meters.register("tools/list", null).record(INTERNAL_ERROR, MILLISECOND);
        meters.register("tools/list", null).record(CallStatus.OVERLOADED, MILLISECOND);

        assertThat(counter("mcp_errors_total", "error_type", "internal_error")).isEqualTo(2);
        assertThat(counter("mcp_overload_rejected_total")).isEqualTo(1);
    }

    @Test
    void showsHowLongCallsTook() {
        CallMeter echo = meters.register(CALL, "echo");
        echo.record(OK, 2 * MILLISECOND);
        echo.record(INTERNAL_ERROR, 4 * MILLISECOND);
        var timer = registry.get("mcp_request_duration_seconds")
                .tags("method", CALL, "tool", "echo")
                .timer();

        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(6);
    }

    @Test
    void sortsDurationsIntoFixedBuckets() {
        CallMeter echo = meters.register(CALL, "echo");
        echo.record(OK, MILLISECOND / 25);
        echo.record(OK, 2 * MILLISECOND);
        echo.record(OK, 3_000 * MILLISECOND);
        var buckets = registry.get("mcp_request_duration_seconds")
                .tags("method", CALL, "tool", "echo")
                .timer()
                .takeSnapshot()
                .histogramCounts();

        assertThat(buckets).hasSize(18);
        assertThat(buckets[0].bucket(TimeUnit.MICROSECONDS)).isEqualTo(50);
        assertThat(buckets[17].bucket(TimeUnit.SECONDS)).isEqualTo(30);
        assertThat(Arrays.stream(buckets).mapToInt(bucket -> (int) bucket.count()))
                .containsExactly(1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3);
    }

    @Test
    void keepsNoHistogramWithoutARegistry() {
        var alone = ServerMetrics.standalone(executors);
        alone.register(CALL, "echo").record(OK, MILLISECOND);

        assertThat(alone.report().recentLatency().p50()).isPositive();
    }

    @Test
    void aHundredThousandInventedNamesAddNoSeries() {
        meters.register(CALL, "echo");
        meters.forCall("invented", null).record(CallStatus.NOT_FOUND, 1);
        meters.forCall(CALL, "invented").record(CallStatus.NOT_FOUND, 1);
        int series = registry.getMeters().size();
        var random = new Random(7);
        for (int call = 0; call < 100_000; call++) {
            meters.forCall(Long.toHexString(random.nextLong()), null).record(CallStatus.NOT_FOUND, 1);
            meters.forCall(CALL, Long.toHexString(random.nextLong())).record(CallStatus.NOT_FOUND, 1);
        }

        assertThat(registry.getMeters()).hasSize(series);
        assertThat(meters.report().calls()).hasSize(2);
        assertThat(counter("mcp_requests_total", "method", CALL, "tool", "unknown", "status", "not_found"))
                .isEqualTo(100_001);
    }

    @Test
    void aGrowingCatalogDoesNotAddUnlimitedSeries() {
        IntStream.range(0, 10_000)
                .forEach(each -> meters.register(CALL, "tool" + each).record(OK, 1));

        assertThat(meters.report().calls()).hasSizeBetween(2_000, 2_100);
        assertThat(meters.report().total().calls()).isEqualTo(10_000);
    }

    @Test
    void aToolThatIsRegisteredAgainGoesOnWithItsMeter() {
        assertThat(meters.register(CALL, "echo")).isSameAs(meters.register(CALL, "echo"));
        assertThat(meters.forCall(CALL, "echo")).isSameAs(meters.register(CALL, "echo"));
    }

    @Test
    void countsEveryCallOfManyThreads() throws InterruptedException {
        CallMeter echo = meters.register(CALL, "echo");
        var threads = IntStream.range(0, 50)
                .mapToObj(each -> Thread.ofVirtual()
                        .start(() -> IntStream.range(0, 1_000).forEach(call -> echo.record(OK, MILLISECOND))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(meters.report().total().calls()).isEqualTo(50_000);
        assertThat(meters.report().latency().mean()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void theRecentPastForgetsWhatIsOlderThanFiveMinutes() {
        CallMeter echo = meters.register(CALL, "echo");
        echo.record(INTERNAL_ERROR, MILLISECOND);
        executors.pass(Duration.ofMinutes(4));
        echo.record(OK, MILLISECOND);
        assertThat(meters.recent().calls()).isEqualTo(2);
        assertThat(meters.recent().faultRate()).isEqualTo(0.5);

        executors.pass(Duration.ofMinutes(2));
        assertThat(meters.recent().calls()).isEqualTo(1);
        assertThat(meters.recent().faults()).isZero();
        assertThat(meters.recent().span()).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(310));
        assertThat(meters.report().total().calls()).isEqualTo(2);
    }

    @Test
    void reportsEachToolThatWasCalled() {
        meters.register(CALL, "never");
        meters.register(CALL, "echo").record(OK, 3 * MILLISECOND);
        meters.register("ping", null).record(OK, MILLISECOND);
        MetricsSnapshot report = meters.report();

        assertThat(report.calls()).extracting(MetricsSnapshot.Calls::method).containsExactly("ping", CALL);
        assertThat(report.calls().getLast().tool()).isEqualTo("echo");
        assertThat(report.calls().getLast().statuses()).containsExactly(Map.entry("ok", 1L));
        assertThat(report.calls().getLast().latency().mean()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void tellsTheHitRateOfTheWholeCache() {
        CacheMeter near = meters.cache("memory");
        CacheMeter far = meters.cache("redis");
        IntStream.range(0, 6).forEach(each -> near.record(CacheOperation.HIT));
        IntStream.range(0, 4).forEach(each -> near.record(CacheOperation.MISS));
        IntStream.range(0, 3).forEach(each -> far.record(CacheOperation.HIT));
        far.record(CacheOperation.MISS);
        far.record(CacheOperation.WRITE);

        assertThat(meters.report().cacheHitRate()).isCloseTo(0.9, within(1e-9));
        assertThat(counter("mcp_cache_operations_total", "tier", "redis", "type", "write"))
                .isEqualTo(1);
    }

    @Test
    void exposesTheMetricsOfAdapters() {
        meters.gauge("mcp_active_sessions", "Open sessions.", Map.of(), () -> 3);
        meters.counter("mcp_http_refused_total", "Refused.", Map.of("why", "host"), () -> 5);

        assertThat(registry.get("mcp_active_sessions").gauge().value()).isEqualTo(3);
        assertThat(counter("mcp_http_refused_total", "why", "host")).isEqualTo(5);
        assertThat(meters.report().figures())
                .containsExactly(
                        new Metric("mcp_active_sessions", Map.of(), 3),
                        new Metric("mcp_http_refused_total", Map.of("why", "host"), 5));
    }

    @Test
    void reportsTheMetricsOfAdaptersInTheirOrder() {
        for (var why : List.of("slow", "host", "origin", "body", "path")) {
            meters.counter("refused_total", "Refused.", Map.of("why", why), () -> 1);
        }
        meters.gauge("active", "Active.", Map.of(), () -> 1);

        assertThat(meters.report().figures().stream()
                        .map(figure -> figure.labels().getOrDefault("why", figure.name())))
                .containsExactly("active", "body", "host", "origin", "path", "slow");
    }

    @Test
    void theLatestSourceOfAMetricReplacesEarlierOnes() {
        meters.gauge("pool_size", "Connections.", Map.of(), () -> 1);
        meters.gauge("pool_size", "Connections.", Map.of(), () -> 2);

        assertThat(registry.get("pool_size").gauge().value()).isEqualTo(2);
        assertThat(meters.report().figures()).hasSize(1);
    }

    @Test
    void aMetricThatFailsDoesNotAffectOthers() {
        meters.gauge("broken", "Throws.", Map.of(), () -> {
            throw new IllegalStateException("closed");
        });

        assertThat(meters.report().figures()).containsExactly(new Metric("broken", Map.of(), Double.NaN));
    }

    @Test
    void leavesNothingBehindInARegistryThatOutlivesIt() {
        meters.register(CALL, "echo").record(INTERNAL_ERROR, 1);
        meters.cache("memory").record(CacheOperation.HIT);
        meters.gauge("mcp_active_sessions", "Open sessions.", Map.of(), () -> 3);
        meters.close();

        assertThat(registry.getMeters()).isEmpty();
    }

    private double counter(String name, String... tags) {
        FunctionCounter counter = registry.get(name).tags(tags).functionCounter();
        return counter.count();
    }
}
