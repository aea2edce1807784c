package io.breakwater.core.data.service;

import static io.breakwater.port.memory.MemoryServiceTransport.broken;
import static io.breakwater.port.memory.MemoryServiceTransport.down;
import static io.breakwater.port.memory.MemoryServiceTransport.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.memory.MemoryServiceTransport;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.settings.ServiceHealthCheck;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private static final ServiceHealthCheck EVERY_10_S = ServiceHealthCheck.STANDARD;
    private static final Duration TICK = Duration.ofMillis(50);

    private final ManualExecutors executors = new ManualExecutors();
    private final MemoryServiceTransport transport = new MemoryServiceTransport();
    private final HealthChecks checks = new HealthChecks(transport, executors);
    private final AtomicInteger changes = new AtomicInteger();
    private final InstancePool pool = new InstancePool(
            ServiceSettings.of("orders", ServiceInstances.of("http://a")), new Random(1), changes::incrementAndGet);
    private final Map<String, DoubleSupplier> metrics = new HashMap<>();

    @BeforeEach
    void start() {
        checks.start();
        checks.register("orders", EVERY_10_S);
        checks.bindTo(new MetricSink() {
            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                metrics.put(name, value);
            }

            @Override
            public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                metrics.put(name, value);
            }
        });
    }

    private void add(int count) {
        checks.add(
                "orders",
                pool.replace(IntStream.range(0, count)
                        .mapToObj(i -> new InstancePool.Found(new Endpoint(false, "h" + i, 80, null), 0))
                        .toList()));
    }

    /** Lets time pass, and runs the checks that become due in each tick. */
    private void pass(Duration time) {
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            executors.pass(TICK);
            executors.runAll();
        }
    }

    private int sent() {
        return transport.sent("/health").size();
    }

    @Test
    void spreadsTheChecksOverTheInterval() {
        add(100);
        for (int second = 1; second <= 20; second++) {
            int before = sent();
            pass(Duration.ofSeconds(1));
            assertThat(sent() - before).as("second %s", second).isBetween(8, 12);
        }
        assertThat(transport.sent("/health")).allSatisfy(one -> {
            assertThat(one.limits().keepAlive()).isFalse();
            assertThat(one.limits().timeout()).isEqualTo(EVERY_10_S.timeout());
        });
    }

    @Test
    void checksTheFirstInstanceAtOnce() {
        add(4);
        pass(TICK);

        assertThat(sent()).isOne();
    }

    @Test
    void runsAtMost64AtATimeAndSaysHowLateTheOthersAre() {
        add(100);
        executors.pass(Duration.ofSeconds(12));
        assertThat(Objects.requireNonNull(metrics.get("mcp_service_check_delay_seconds"))
                        .getAsDouble())
                .as("64 are waiting for their thread; the 65th was due after 6.4 s")
                .isBetween(5.0, 6.0);
        executors.runAll();
        assertThat(sent()).isGreaterThanOrEqualTo(100);
        assertThat(Objects.requireNonNull(metrics.get("mcp_service_check_delay_seconds"))
                        .getAsDouble())
                .isZero();
    }

    @Test
    void aServiceWhoseInstancesHangDoesNotDelayTheChecksOfAnother() {
        checks.register("users", EVERY_10_S);
        add(1_000);
        executors.pass(Duration.ofSeconds(2)); // 200 are due, and those that have started do not end
        var other =
                new InstancePool(ServiceSettings.of("users", ServiceInstances.of("http://u")), new Random(1), () -> {});
        var found = other.replace(List.of(new InstancePool.Found(new Endpoint(false, "u", 80, null), 0)));
        checks.add("users", found);
        executors.pass(TICK);
        executors.runAll();

        var order = transport.sent("/health").stream()
                .map(one -> one.endpoint().origin())
                .toList();
        assertThat(order.indexOf("http://u")).isBetween(0, HealthChecks.CONCURRENT - 1);
    }

    @Test
    void aDelayOfAWholeIntervalIsOneWarning() {
        try (var log = CapturedLog.of("io.breakwater.services")) {
            add(100);
            executors.pass(Duration.ofSeconds(60));
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN The health checks of orders are late")
                    .contains("36 instances wait for one of 64 places. Increase the interval");
            executors.runAll();
            executors.pass(TICK);
            assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO The health checks of orders are on time again.");
        }
    }

    @Test
    void onlyA2xxStatusIsHealthy() {
        add(1);
        var instance = pool.instances().getFirst();
        MemoryServiceTransport.Behavior refused = (request, limits, context) -> {
            throw new RefusedException("The response is too large.", null);
        };
        for (var behavior : List.of(status(500), status(404), status(302), down(), broken(), refused)) {
            transport.instance("http://h0", behavior);
            pass(Duration.ofSeconds(11));
            assertThat(instance.isAvailable()).isFalse();
            assertThat(instance.status().cause()).isNotBlank();
            transport.instance("http://h0", status(204));
            pass(Duration.ofSeconds(11));
            assertThat(instance.isAvailable()).isTrue();
        }
    }

    @Test
    void checksAreRequestsWithoutCredentials() {
        add(1);
        transport.instance("http://h0", (request, limits, context) -> new Response(200, Map.of(), new byte[0]));
        pass(TICK);

        assertThat(transport.sent("/health").getFirst().request().fields()).isEmpty();
    }

    @Test
    void removedInstancesAreNotChecked() {
        add(3);
        pass(Duration.ofSeconds(10));
        pool.replace(List.of());
        int before = sent();
        pass(Duration.ofSeconds(30));

        assertThat(sent()).isEqualTo(before);
    }

    @Test
    void aClosedRegistryChecksNothing() {
        add(3);
        checks.close();
        pass(Duration.ofSeconds(30));

        assertThat(sent()).isZero();
    }
}
