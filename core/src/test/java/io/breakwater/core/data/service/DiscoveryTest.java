package io.breakwater.core.data.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.CheckSignal;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final ServiceInstances DNS = new ServiceInstances.Dns(ServiceOrigin.parse("https://orders:8443"));

    private final ManualExecutors executors = new ManualExecutors();
    private final MemoryNameService names = new MemoryNameService();
    private final List<List<String>> answers = new ArrayList<>();
    private final AtomicInteger signals = new AtomicInteger();
    private final CheckSignal signal = new CheckSignal();
    private final CapturedLog log = CapturedLog.of("io.breakwater.services");

    @AfterEach
    void closeLog() {
        log.close();
    }

    private Discovery start(ServiceInstances source) {
        var discovery = new Discovery("orders", source, names, executors, signal);
        signal.subscribe(signals::incrementAndGet);
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
        new Discovery("orders", source, names, executors, signal)
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
        names.host("orders", Duration.ofDays(30), "10.0.0.2");
        pass(Duration.ofMillis(1));
        assertThat(answers).hasSize(2);
        names.host("orders", Duration.ofDays(30), "10.0.0.3");
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
        assertThat(log.lines())
                .containsExactly(
                        "WARN The instances of orders cannot be determined: No name server answers. Calls go to"
                                + " the last known ones: 1.");
        names.down(false);
        names.host("orders", Duration.ofSeconds(20), "10.0.0.9", "10.0.0.8");
        pass(Duration.ofSeconds(5));
        assertThat(log.lines()).last().isEqualTo("INFO The instances of orders are known again: 2.");
        assertThat(answers.getLast())
                .containsExactly("https://orders:8443 10.0.0.9 0", "https://orders:8443 10.0.0.8 0");
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

            assertThat(answers).containsExactly(List.of("http://a.orders:8080 null 0", "http://f.orders. null 0"));
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
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
    void aChangeOfTheListIsOneLineInTheLog() {
        names.host("orders", Duration.ofSeconds(1), "10.0.0.1", "10.0.0.2");
        start(DNS);
        pass(Duration.ofSeconds(3));
        names.host("orders", Duration.ofSeconds(1), "10.0.0.2", "10.0.0.3", "10.0.0.4");
        pass(Duration.ofSeconds(3));

        assertThat(log.lines())
                .containsExactly("INFO The instances of orders have changed: 3, and 2 before; 2 are new.");
    }

    @Test
    void aNameThatDoesNotExistIsAProblemWithItsCause() {
        var discovery = start(DNS);

        assertThat(discovery.problem())
                .isEqualTo(
                        "The name orders has no address. Check the setting 'dns' of the service, and the records in the"
                                + " DNS.");
        assertThat(log.lines())
                .as("the health check logs the warning")
                .containsExactly("INFO The instances of orders cannot be determined: " + discovery.problem() + " Calls"
                        + " fail.");
        assertThat(signals).hasPositiveValue();
        names.host("orders", Duration.ofSeconds(20), "10.0.0.1");
        pass(Duration.ofMinutes(5));
        assertThat(discovery.problem()).isNull();
        assertThat(log.lines()).last().isEqualTo("INFO The instances of orders are known again: 1.");
    }

    @Test
    void anotherReasonIsAnotherLine() {
        var reason = new AtomicReference<>("The file a does not exist.");
        start(new ServiceInstances.Supplied(() -> {
            throw new UnavailableException(reason.get(), null, null);
        }));
        pass(Duration.ofSeconds(5));
        reason.set("The file a has an error in line 1.");
        pass(Duration.ofSeconds(5));

        assertThat(log.messages()).hasSize(2).last().asString().contains("an error in line 1. Calls fail.");
        assertThat(log.events())
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
    }

    @Test
    void aSourceThatHangsDoesNotHoldTheTimer() {
        var looks = new AtomicInteger();
        var discovery = new Discovery(
                "orders",
                new ServiceInstances.Supplied(() -> {
                    looks.incrementAndGet();
                    return List.of();
                }),
                names,
                executors,
                signal);
        discovery.start(found -> {});
        executors.pass(Duration.ofSeconds(60));

        assertThat(looks)
                .as("looks on the threads of the start and of the timer")
                .hasValue(0);
        assertThat(discovery.isComplete()).isFalse();
        executors.runAll();
        assertThat(looks).hasValue(1);
        assertThat(discovery.isComplete()).isTrue();
    }

    @Test
    void aClosedDiscoveryResolvesNothing() {
        names.host("orders", Duration.ofSeconds(1), "10.0.0.1");
        start(DNS).close();
        pass(Duration.ofSeconds(10));

        assertThat(answers).hasSizeLessThanOrEqualTo(2);
    }
}
