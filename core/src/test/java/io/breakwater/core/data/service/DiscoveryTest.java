package io.breakwater.core.data.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.NameService.Target;
import io.breakwater.port.memory.MemoryNameService;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final ServiceInstances DNS = new ServiceInstances.Dns(ServiceOrigin.parse("https://orders:8443"));

    private final ManualExecutors executors = new ManualExecutors();
    private final MemoryNameService names = new MemoryNameService();
    private final List<List<String>> answers = new ArrayList<>();

    private Discovery start(ServiceInstances source) {
        var discovery = new Discovery("orders", source, names, executors);
        discovery.start(found -> answers.add(found.stream()
                .map(one -> one.endpoint().origin() + " " + one.endpoint().address() + " " + one.priority())
                .toList()));
        executors.runAll();
        return discovery;
    }

    private void pass(Duration time) {
        executors.pass(time);
        executors.runAll();
    }

    @Test
    void fixedInstancesAreKnownAtOnce() {
        start(ServiceInstances.of("http://a", "http://b:81"));

        assertThat(answers).containsExactly(List.of("http://a null 0", "http://b:81 null 0"));
    }

    private List<Boolean> written(ServiceInstances source) {
        var written = new ArrayList<Boolean>();
        new Discovery("orders", source, names, executors)
                .start(found -> found.forEach(one -> written.add(one.endpoint().written())));
        executors.runAll();
        return written;
    }

    @Test
    void onlyFixedInstancesAreWrittenBySomeoneWhoMayAllowThem() {
        var origin = ServiceOrigin.parse("http://127.0.0.1");
        names.host("127.0.0.1", Duration.ofDays(1), "127.0.0.1");
        names.service(
                "_http._tcp.orders",
                Duration.ofDays(1),
                new Target("a", 80, 0, 0, null),
                new Target("a", 80, 0, 0, List.of("127.0.0.1")));

        assertThat(written(ServiceInstances.of("http://127.0.0.1", "http://a"))).containsExactly(true, true);
        assertThat(written(new ServiceInstances.Supplied(() -> List.of(origin))))
                .containsExactly(false);
        assertThat(written(new ServiceInstances.Dns(origin))).containsExactly(false);
        assertThat(written(new ServiceInstances.Srv(false, "_http._tcp.orders")))
                .containsOnly(false);
    }

    @Test
    void aNameIsResolvedAgainAtItsTtl() {
        names.host("orders", Duration.ofSeconds(20), "10.0.0.1", "10.0.0.2");
        start(DNS);
        assertThat(answers)
                .containsExactly(List.of("https://orders:8443 10.0.0.1 0", "https://orders:8443 10.0.0.2 0"));
        names.host("orders", Duration.ofSeconds(20), "10.0.0.3");
        pass(Duration.ofSeconds(19));
        assertThat(answers).hasSize(1);
        pass(Duration.ofSeconds(1));
        assertThat(answers.getLast()).containsExactly("https://orders:8443 10.0.0.3 0");
    }

    @Test
    void theTtlIsBounded() {
        names.host("orders", Duration.ZERO, "10.0.0.1");
        start(DNS);
        pass(Duration.ofMillis(999));
        assertThat(answers).hasSize(1);
        names.host("orders", Duration.ofDays(30), "10.0.0.1");
        pass(Duration.ofMillis(1));
        assertThat(answers).hasSize(2);
        pass(Duration.ofMinutes(5));
        assertThat(answers).hasSize(3);
    }

    @Test
    @CoversOutage("instances of services: DNS down, while a service has a name there")
    void aFailedResolutionKeepsTheLastAnswer() {
        names.host("orders", Duration.ofSeconds(20), "10.0.0.1");
        start(DNS);
        names.down(true);
        pass(Duration.ofSeconds(60));
        assertThat(answers).hasSize(1);
        names.down(false);
        names.host("orders", Duration.ofSeconds(20), "10.0.0.9");
        pass(Duration.ofSeconds(5));
        assertThat(answers.getLast()).containsExactly("https://orders:8443 10.0.0.9 0");
    }

    @Test
    void targetsOfAServiceHaveAddressesPortsAndPriorities() {
        names.service(
                "_http._tcp.orders",
                Duration.ofSeconds(20),
                new Target("a.orders", 8080, 10, 1, List.of("10.0.0.1", "10.0.0.2")),
                new Target("b.orders", 8081, 20, 1, null),
                new Target(".", 0, 0, 0, null));
        start(new ServiceInstances.Srv(false, "_http._tcp.orders"));

        assertThat(answers)
                .containsExactly(List.of(
                        "http://a.orders:8080 10.0.0.1 10",
                        "http://a.orders:8080 10.0.0.2 10",
                        "http://b.orders:8081 null 20"));
    }

    @Test
    void targetsThatNoConnectionCanReachAreIgnoredAndLoggedOnce() {
        names.service(
                "_http._tcp.orders",
                Duration.ofSeconds(20),
                new Target("a.orders", 8080, 0, 0, null),
                new Target("b.orders", 0, 0, 0, null),
                new Target("", 80, 0, 0, null),
                new Target("c_d", 80, 0, 0, List.of("10.0.0.1")),
                new Target("127.0.0.1", 80, 0, 0, null),
                new Target("-e", 80, 0, 0, null),
                new Target(".", 0, 0, 0, null),
                new Target("f.orders.", 80, 0, 0, null));
        try (var log = CapturedLog.of("io.breakwater.services")) {
            start(new ServiceInstances.Srv(false, "_http._tcp.orders"));
            pass(Duration.ofSeconds(20));

            assertThat(answers)
                    .hasSize(2)
                    .containsOnly(List.of("http://a.orders:8080 null 0", "http://f.orders. null 0"));
            assertThat(log.lines())
                    .containsExactly(
                            "WARN Targets of orders have no valid host name or port, and are ignored:"
                                    + " [b.orders:0, :80, c_d:80, 127.0.0.1:80, -e:80]. Correct the records _http._tcp.orders.");
        }
    }

    @Test
    void theListOfAnApplicationMayChange() {
        var present = new AtomicReference<>(List.of(ServiceOrigin.parse("http://a")));
        start(new ServiceInstances.Supplied(present::get));
        assertThat(answers.getLast()).containsExactly("http://a null 0");
        present.set(List.of(ServiceOrigin.parse("http://b")));
        pass(Duration.ofSeconds(1));
        assertThat(answers.getLast()).containsExactly("http://b null 0");
    }

    @Test
    void aListThatFailsStaysAsItIs() {
        var present = new AtomicReference<>(List.of(ServiceOrigin.parse("http://a")));
        start(new ServiceInstances.Supplied(() -> {
            if (present.get().isEmpty()) {
                throw new IllegalStateException("The file is damaged.");
            }
            return present.get();
        }));
        present.set(List.of());
        pass(Duration.ofSeconds(3));
        assertThat(answers.getLast()).containsExactly("http://a null 0");
    }

    @Test
    void aClosedDiscoveryResolvesNothing() {
        names.host("orders", Duration.ofSeconds(1), "10.0.0.1");
        start(DNS).close();
        pass(Duration.ofSeconds(10));

        assertThat(answers).hasSizeLessThanOrEqualTo(2);
    }
}
