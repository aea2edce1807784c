package io.breakwater.core.presentation.tool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.health.CheckReport;
import io.breakwater.core.business.health.CheckReport.State;
import io.breakwater.core.business.health.HealthReport;
import io.breakwater.core.business.health.HealthStatus;
import io.breakwater.core.business.health.HostMetrics;
import io.breakwater.core.business.health.RequestStats;
import io.breakwater.core.business.health.ServerInfo;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.core.presentation.tool.system.HealthResult.Calls;
import io.breakwater.core.presentation.tool.system.HealthResult.Dependency;
import io.breakwater.core.presentation.tool.system.HealthResult.Host;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.interceptor.CallStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemResultsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void tellsHealthInTheCallersUnits() {
        var report = new HealthReport(
                HealthStatus.DEGRADED,
                List.of("redis"),
                List.of("redis is down."),
                NOW,
                Duration.ofMinutes(2),
                new ServerInfo("1.2.3", "staging"),
                new RequestStats(Duration.ofMinutes(5), 3, 2, 1),
                new HostMetrics(0.123456, -1, 0.5),
                List.of(new CheckReport(
                        "database",
                        true,
                        State.UP,
                        NOW.minusSeconds(60),
                        NOW.minusSeconds(9),
                        Duration.ofNanos(1_234_567),
                        null)));

        assertThat(HealthResult.of(report))
                .isEqualTo(new HealthResult(
                        "degraded",
                        List.of("redis"),
                        List.of("redis is down."),
                        NOW,
                        120,
                        "1.2.3",
                        "staging",
                        new Calls(300, 3, 0.6667, 0.3333),
                        new Host(0.1235, null, 0.5),
                        List.of(new Dependency("database", true, "up", NOW.minusSeconds(60), 1.235, 9L, null))));
    }

    @Test
    void leavesOutWhatADependencyHasNotToldYet() {
        var unknown = new CheckReport("redis", false, State.UNKNOWN, null, null, null, null);

        assertThat(Dependency.of(unknown, NOW))
                .isEqualTo(new Dependency("redis", false, "unknown", null, null, null, null));
    }

    @Test
    void tellsToolsFromOtherMethods() {
        var meters = ServerMetrics.standalone(new ManualExecutors());
        meters.register("tools/call", "echo").record(CallStatus.OK, 2_000_000);
        meters.register("tools/list", null).record(CallStatus.INTERNAL_ERROR, 4_000_000);
        MetricsResult metrics = MetricsResult.of(meters.report(), List.of(), tool -> true);

        assertThat(metrics.total().calls()).isEqualTo(2);
        assertThat(metrics.total().errorRate()).isEqualTo(0.5);
        assertThat(metrics.total().latency().meanMs()).isEqualTo(3.0);
        assertThat(metrics.tools()).extracting(MetricsResult.Calls::name).containsExactly("echo");
        assertThat(metrics.methods()).extracting(MetricsResult.Calls::name).containsExactly("tools/list");
        assertThat(metrics.methods().getFirst().statuses()).isEqualTo(Map.of("internal_error", 1L));
    }

    @Test
    void reportsNoHitRateForAnUnusedCache() {
        var meters = ServerMetrics.standalone(new ManualExecutors());
        meters.cache("memory");
        assertThat(MetricsResult.of(meters.report(), List.of(), tool -> true)
                        .cache()
                        .hitRate())
                .isNull();

        meters.cache("memory").record(CacheOperation.MISS);
        assertThat(MetricsResult.of(meters.report(), List.of(), tool -> true)
                        .cache()
                        .hitRate())
                .isZero();
    }

    @Test
    void leavesOutUnavailableMetrics() {
        var meters = ServerMetrics.standalone(new ManualExecutors());
        meters.gauge("lost", "Cannot be told.", Map.of(), () -> Double.NaN);
        meters.gauge("mcp_active_sessions", "Open sessions.", Map.of(), () -> 2);

        assertThat(MetricsResult.of(meters.report(), List.of(), tool -> true).figures())
                .containsExactly(new MetricsResult.Figure("mcp_active_sessions", Map.of(), 2));
    }
}
