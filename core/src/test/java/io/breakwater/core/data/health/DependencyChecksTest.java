package io.breakwater.core.data.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.health.CheckReport;
import io.breakwater.core.business.health.CheckReport.State;
import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.health.HealthReport;
import io.breakwater.core.business.health.LatencyStats;
import io.breakwater.core.business.health.MetricsSnapshot;
import io.breakwater.core.business.health.RequestMetrics;
import io.breakwater.core.business.health.RequestStats;
import io.breakwater.core.business.health.ServerInfo;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.HostGauges;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.HealthSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health on real threads. */
class DependencyChecksTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final ServerExecutors executors = ServerExecutors.standard();
    private final Health health = new Health(
            settings(),
            new ServerInfo("1", "test"),
            new NoTraffic(),
            HostGauges.NONE,
            new ExecutorScheduler(executors),
            new LoggingHealthListener());

    @AfterEach
    void close() {
        executors.close();
    }

    @Test
    void aHangingDependencyHoldsUpNeitherTheOthersNorTheAnswer() {
        var interrupted = new CountDownLatch(1);
        watch(Dependency.required("hanging", scope -> hang(interrupted)));
        watch(Dependency.optional("answering", scope -> {}));

        assertThat(states(health.refreshed().toCompletableFuture().join())).containsExactly(State.DOWN, State.UP);
        assertThat(states(health.report())).containsExactly(State.DOWN, State.UP);
        assertThat(interrupted).satisfies(CountDownLatch::await);
    }

    @Test
    void asksAllDependenciesAtTheSameTime() {
        var both = new CountDownLatch(2);
        watch(Dependency.required("first", scope -> meet(both)));
        watch(Dependency.required("second", scope -> meet(both)));

        assertThat(states(health.refreshed().toCompletableFuture().join())).containsExactly(State.UP, State.UP);
    }

    @Test
    void tellsAProbeHowMuchTimeIsLeft() {
        watch(Dependency.required(
                "database", scope -> assertThat(scope.remaining()).isPositive().isLessThanOrEqualTo(TIMEOUT)));

        assertThat(states(health.refreshed().toCompletableFuture().join())).containsExactly(State.UP);
    }

    @Test
    void checksADependencyAgainWhenItsSignalIsSent() {
        var calls = new AtomicInteger();
        var signal = new CheckSignal();
        assertThat(signal.isSubscribed()).isFalse();

        watch(new Dependency("database", Dependency.Need.REQUIRED, scope -> calls.incrementAndGet(), signal));
        signal.send();

        assertThat(signal.isSubscribed()).isTrue();
        Eventually.holds(() -> calls.get() == 1);
    }

    @Test
    void refusesADependencyWithoutAName() {
        assertThatThrownBy(() -> Dependency.required(" ", scope -> {})).hasMessageContaining("needs a name");
    }

    private void watch(Dependency dependency) {
        health.register(dependency);
    }

    private static List<State> states(HealthReport report) {
        return report.checks().stream().map(CheckReport::state).toList();
    }

    private static void hang(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }

    private static void meet(CountDownLatch both) throws InterruptedException {
        both.countDown();
        both.await();
    }

    private static HealthSettings settings() {
        var standard = HealthSettings.standard();
        return new HealthSettings(
                standard.errorRate(),
                standard.failingRate(),
                standard.memory(),
                standard.cpu(),
                standard.disk(),
                standard.fewestCalls(),
                standard.interval(),
                TIMEOUT,
                standard.freshness());
    }

    private static final class NoTraffic implements RequestMetrics {
        private static final RequestStats NONE = new RequestStats(Duration.ofMinutes(5), 0, 0, 0);
        private static final LatencyStats NO_TIME =
                new LatencyStats(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        @Override
        public RequestStats recent() {
            return NONE;
        }

        @Override
        public MetricsSnapshot report() {
            return new MetricsSnapshot(NONE, NO_TIME, NONE, NO_TIME, List.of(), List.of(), List.of());
        }
    }
}
