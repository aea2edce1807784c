package io.breakwater.core.business.health;

import static io.breakwater.core.business.health.HealthStatus.DEGRADED;
import static io.breakwater.core.business.health.HealthStatus.HEALTHY;
import static io.breakwater.core.business.health.HealthStatus.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.server.settings.HealthSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    private final ManualScheduler background = new ManualScheduler();
    private final FixedRequestMetrics traffic = new FixedRequestMetrics();
    private HostMetrics reading = new HostMetrics(0.5, 0.5, 0.5);
    private final Health health = new Health(
            HealthSettings.standard(),
            new ServerInfo("1.2.3", "staging"),
            traffic,
            new ScriptedGauges(() -> reading),
            background,
            (before, now, cause) -> {});

    @Test
    void isHealthyWhenNothingIsWrong() {
        background.pass(Duration.ofMinutes(3));
        HealthReport report = health.report();

        assertThat(report.status()).isEqualTo(HEALTHY);
        assertThat(report.reasons()).isEmpty();
        assertThat(report.uptime()).isEqualTo(Duration.ofMinutes(3));
        assertThat(report.about()).isEqualTo(new ServerInfo("1.2.3", "staging"));
        assertThat(report.at()).isEqualTo(background.now());
    }

    @ParameterizedTest
    @CsvSource({
        "0.96, 0.5, 0.5, cpu, 'CPU is at 96.0 %, above 95.0 %.'",
        "0.5, 0.91, 0.5, memory, 'Memory is at 91.0 %, above 90.0 %.'",
        "0.5, 0.5, 0.99, disk, 'The disk is at 99.0 %, above 95.0 %.'"
    })
    void isDegradedAboveAThreshold(double cpu, double memory, double disk, String cause, String reason) {
        reading = new HostMetrics(cpu, memory, disk);
        passMinute();

        assertThat(health.report().status()).isEqualTo(DEGRADED);
        assertThat(health.report().causes()).containsExactly(cause);
        assertThat(health.report().reasons()).containsExactly(reason);
    }

    @Test
    void aBusyMomentIsNoReason() {
        checkAll();
        passMinute();
        reading = new HostMetrics(1, 0.5, 0.5);
        for (int second = 0; second < 50; second += 5) {
            background.pass(Duration.ofSeconds(5));
            assertThat(health.status()).isEqualTo(HEALTHY);
        }
        passMinute();
        assertThat(health.status()).isEqualTo(DEGRADED);
    }

    @Test
    void aBusyStartIsNoReason() {
        reading = new HostMetrics(1, 0.5, 0.5);
        checkAll();
        background.pass(Duration.ofSeconds(30));

        assertThat(health.report().status()).isEqualTo(HEALTHY);
        assertThat(health.report().host().cpu()).isEqualTo(1);
    }

    @Test
    void aShareNearTheThresholdDoesNotFlap() {
        reading = new HostMetrics(0.96, 0.5, 0.5);
        passMinute();
        assertThat(health.status()).isEqualTo(DEGRADED);

        reading = new HostMetrics(0.90, 0.5, 0.5);
        passMinute();
        assertThat(health.report().status()).isEqualTo(DEGRADED);
        assertThat(health.report().reasons())
                .containsExactly("CPU is at 90.0 %; it was above 95.0 % and is reported until it is below 85.5 %.");

        reading = new HostMetrics(0.85, 0.5, 0.5);
        passMinute();
        assertThat(health.status()).isEqualTo(HEALTHY);

        reading = new HostMetrics(0.90, 0.5, 0.5);
        passMinute();
        assertThat(health.status()).isEqualTo(HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({"100, 60, 46, UNHEALTHY", "100, 60, 44, DEGRADED", "100, 11, 10, DEGRADED", "100, 11, 8, HEALTHY"})
    void anErrorRateNearAThresholdDoesNotFlap(long calls, long faults, long later, HealthStatus expected) {
        traffic.calls(calls, faults);
        assertThat(health.report().status()).isNotEqualTo(HEALTHY);

        traffic.calls(calls, later);

        assertThat(health.report().status()).isEqualTo(expected);
    }

    @Test
    void aMetricTellsWhetherEachDependencyIsUp() {
        var gauges = new HashMap<String, DoubleSupplier>();
        health.bindTo(new MetricSink() {
            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                gauges.put(name + labels, value);
            }

            @Override
            public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {}
        });
        var well = new AtomicBoolean();
        var redis = Dependency.optional("redis", context -> {
            if (!well.get()) {
                throw new PortException.UnavailableException("It is away.", null, null);
            }
        });
        health.register(redis);
        var up = Objects.requireNonNull(gauges.get("mcp_dependency_up{dependency=redis}"));

        checkAll();
        assertThat(up.getAsDouble()).isZero();
        well.set(true);
        redis.signal().send();
        background.runStarted();
        assertThat(up.getAsDouble()).isEqualTo(1);
    }

    @Test
    void theStatusAgreesWithTheReport() {
        assertThat(health.status()).isEqualTo(HEALTHY);
        traffic.calls(100, 60);
        assertThat(health.report().status()).isEqualTo(UNHEALTHY);

        assertThat(health.status()).isEqualTo(UNHEALTHY);
    }

    @Test
    void whatCannotBeToldCrossesNoThreshold() {
        reading = new HostMetrics(-1, -1, -1);

        assertThat(health.report().status()).isEqualTo(HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({"100, 10, HEALTHY", "100, 11, DEGRADED", "100, 49, DEGRADED", "100, 50, UNHEALTHY", "19, 19, HEALTHY"})
    void judgesTheErrorRateOnceThereAreEnoughCalls(long calls, long faults, HealthStatus expected) {
        traffic.calls(calls, faults);

        assertThat(health.report().status()).isEqualTo(expected);
    }

    @Test
    void isUnhealthyWithoutARequiredDependency() {
        health.register(down("database", true).dependency());
        checkAll();

        assertThat(health.report().status()).isEqualTo(UNHEALTHY);
        assertThat(health.report().reasons())
                .containsExactly("database has been down since 2026-03-01T12:00:00Z: Connection refused.");
    }

    @Test
    void isDegradedWithoutAnOptionalDependency() {
        health.register(down("redis", false).dependency());
        checkAll();

        assertThat(health.report().status()).isEqualTo(DEGRADED);
    }

    @Test
    void isDegradedUntilADependencyAnsweredForTheFirstTime() {
        health.register(new ScriptedProbe("redis", false).dependency());

        assertThat(health.report().status()).isEqualTo(DEGRADED);
        assertThat(health.report().reasons()).containsExactly("redis has not answered yet.");
        checkAll();
        assertThat(health.report().status()).isEqualTo(HEALTHY);
    }

    @Test
    void theWorstFindingDecides() {
        health.register(down("redis", false).dependency());
        health.register(down("database", true).dependency());
        reading = new HostMetrics(1, 1, 1);
        checkAll();
        passMinute();
        background.runStarted();

        assertThat(health.report().status()).isEqualTo(UNHEALTHY);
        assertThat(health.report().causes()).containsExactly("redis", "database", "memory", "cpu", "disk");
        assertThat(health.report().reasons()).hasSize(5);
    }

    @Test
    void isDegradedWhileMessagesFindNoMemoryAndAMinuteLonger() {
        var memory = new LimitedMemory();
        health.watch(memory);
        checkAll();
        assertThat(health.report().status()).isEqualTo(HEALTHY);

        memory.refuse(4_648);

        assertThat(health.report().status()).isEqualTo(DEGRADED);
        assertThat(health.report().causes()).containsExactly("MemoryLimits.bytes");
        assertThat(health.report().reasons()).singleElement().asString().contains("messages refused: 4648");
        background.pass(Duration.ofSeconds(59));
        memory.refuse(2);
        assertThat(health.report().reasons()).singleElement().asString().contains("messages refused: 4650");
        background.pass(Duration.ofSeconds(59));
        assertThat(health.report().status()).isEqualTo(DEGRADED);
        background.pass(Duration.ofSeconds(1));
        assertThat(health.report().status()).isEqualTo(HEALTHY);
    }

    @Test
    void reportsTheStartAndEndOfAMemoryShortageOnceWithoutRequests() {
        var memory = new LimitedMemory();
        health.watch(memory);
        checkAll();

        memory.refuse(3);
        background.pass(Duration.ofSeconds(5));
        memory.refuse(4);
        background.pass(Duration.ofSeconds(5));
        assertThat(memory.told()).containsExactly("short 3");
        for (int second = 0; second < 65; second += 5) {
            background.pass(Duration.ofSeconds(5));
        }
        assertThat(memory.told()).containsExactly("short 3", "suffices 7");

        memory.refuse(1);
        background.pass(Duration.ofSeconds(5));
        assertThat(memory.told()).containsExactly("short 3", "suffices 7", "short 1");
    }

    @Test
    void asksEveryDependencyAgainAfterEachInterval() {
        var database = new ScriptedProbe("database", true);
        health.register(database.dependency());
        checkAll();
        background.pass(Duration.ofSeconds(30));
        background.runStarted();
        background.pass(Duration.ofSeconds(30));
        background.runStarted();

        assertThat(database.runs()).isEqualTo(3);
    }

    @Test
    void asksALateComerAtOnce() {
        checkAll();
        health.register(new ScriptedProbe("redis", false).dependency());

        assertThat(background.runStarted()).isOne();
        assertThat(health.report().status()).isEqualTo(HEALTHY);
    }

    @Test
    void asksOnDemandOnlyWhatWasNotJustAsked() {
        var database = new ScriptedProbe("database", true);
        health.register(database.dependency());
        checkAll();
        health.refreshed();
        assertThat(background.runStarted()).isZero();

        background.pass(Duration.ofSeconds(5));
        health.refreshed();
        assertThat(background.runStarted()).isOne();
    }

    @Test
    void worksTheStatusOutAtMostOnceASecond() {
        assertThat(health.status()).isEqualTo(HEALTHY);
        traffic.calls(100, 20);
        assertThat(health.status()).isEqualTo(HEALTHY);
        background.pass(Duration.ofSeconds(1));
        assertThat(health.status()).isEqualTo(DEGRADED);
    }

    @Test
    void knowsOfAnOutageAsSoonAsItIsNoticed() {
        var database = new ScriptedProbe("database", true);
        health.register(database.dependency());
        checkAll();
        assertThat(health.status()).isEqualTo(HEALTHY);

        database.behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        });
        database.signal();
        background.runStarted();

        assertThat(health.status()).isEqualTo(UNHEALTHY);
    }

    @Test
    void aReportThatAnOutageOvertakesIsNotTheStatus() {
        var database = new ScriptedProbe("database", true);
        var outage = new AtomicReference<Runnable>(() -> {});
        var overtaken = new Health(
                HealthSettings.standard(),
                new ServerInfo("1.2.3", "staging"),
                traffic,
                new ScriptedGauges(() -> {
                    outage.getAndSet(() -> {}).run();
                    return reading;
                }),
                background,
                (before, now, cause) -> {});
        overtaken.register(database.dependency());
        overtaken.start();
        background.runStarted();
        assertThat(overtaken.status()).isEqualTo(HEALTHY);
        database.behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        });
        background.pass(Duration.ofSeconds(5));
        outage.set(() -> {
            database.signal();
            background.runStarted();
        });
        assertThat(overtaken.report().status()).isEqualTo(HEALTHY);

        assertThat(overtaken.status()).isEqualTo(UNHEALTHY);
    }

    @Test
    void refusesASecondDependencyOfTheSameName() {
        health.register(new ScriptedProbe("database", true).dependency());

        assertThatThrownBy(() -> health.register(new ScriptedProbe("database", false).dependency()))
                .hasMessage("A dependency \"database\" is registered already; use another name.");
    }

    private static ScriptedProbe down(String name, boolean required) {
        return new ScriptedProbe(name, required).behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        });
    }

    /** Reads the gauges as often as a server does. */
    private void passMinute() {
        for (int second = 0; second <= 65; second += 5) {
            health.report();
            background.pass(Duration.ofSeconds(5));
        }
    }

    private void checkAll() {
        health.start();
        background.runStarted();
    }
}
