package io.breakwater.adapter.http.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.network.ToxicProxy;
import io.breakwater.sample.network.ToxicProxy.Moment;
import io.breakwater.sample.network.ToxicProxy.Toxicity;
import io.breakwater.sample.service.ScriptedService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of a network at every moment of an exchange, on a new connection and on a kept one. The transport must
 * answer in time, with an outcome that is true: a request that the service received is never reported as not delivered,
 * and a response is complete.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToxicNetworkTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration LATENCY = Duration.ofMillis(50);

    /** Slower than any exchange may be: it has more than 100 bytes. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** For the work around the wait, on a machine that is busy with other work. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final String BODY = "0123456789".repeat(20);
    private static final Limits LIMITS = new Limits(TIMEOUT, 10_000, true);
    private static final Limits PATIENT = new Limits(Duration.ofMinutes(2), 10_000, true);

    private final ScriptedService service = ScriptedService.saying(ScriptedService.ok(BODY));
    private final Map<Toxicity, Map<Kind, Integer>> counts = new TreeMap<>();

    private enum Kind {
        RESPONSE,
        NOT_DELIVERED,
        BROKEN,
        TIMED_OUT;

        static Kind of(ServiceOutcome outcome) {
            return switch (outcome) {
                case ServiceOutcome.Response complete -> RESPONSE;
                case ServiceOutcome.NotDelivered unsent -> NOT_DELIVERED;
                case ServiceOutcome.Unconfirmed unconfirmed -> unconfirmed.timedOut() ? TIMED_OUT : BROKEN;
            };
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(Toxicity.values())
                .flatMap(toxicity -> Stream.of(Moment.values())
                        .flatMap(moment -> Stream.of(false, true).map(kept -> Arguments.of(toxicity, moment, kept))));
    }

    /** A connection that is closed before the request can end before or after the request is handed to it. */
    private static Set<Kind> expected(Toxicity toxicity, Moment moment, boolean kept) {
        return switch (toxicity) {
            case NONE, LATENCY -> EnumSet.of(Kind.RESPONSE);
            case RESET, TRUNCATION ->
                moment == Moment.BEFORE_REQUEST && !kept
                        ? EnumSet.of(Kind.NOT_DELIVERED, Kind.BROKEN)
                        : EnumSet.of(Kind.BROKEN);
            case HALF_OPEN, BYTE_BY_BYTE, FREEZE -> EnumSet.of(Kind.TIMED_OUT);
        };
    }

    @ParameterizedTest(name = "{0} {1}, kept connection: {2}")
    @MethodSource("faults")
    void everyFaultHasATrueOutcomeInTime(Toxicity toxicity, Moment moment, boolean kept) {
        try (var proxy = new ToxicProxy(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()), LATENCY, PAUSE);
                var transport = HttpServiceTransport.with(
                        HttpServiceTransport.defaults().withAllowed(List.of("127.0.0.1")), SettingNames.JAVA)) {
            if (kept) {
                assertThat(send(transport, proxy, PATIENT)).isInstanceOf(ServiceOutcome.Response.class);
            }
            int before = service.requestCount();
            proxy.become(toxicity, moment);
            long start = System.nanoTime();

            var outcome = send(transport, proxy, toxicity == Toxicity.NONE ? PATIENT : limits(toxicity));

            var kind = Kind.of(outcome);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(limits(toxicity).timeout().plus(TOLERANCE));
            assertThat(kind).isIn(expected(toxicity, moment, kept));
            assertThat(kind == Kind.NOT_DELIVERED && service.requestCount() > before)
                    .isFalse();
            count(toxicity, kind);
            proxy.heal();
            assertComplete(send(transport, proxy, PATIENT));
        }
    }

    /** A short time would make the latency a matter of luck on a busy machine. */
    private static Limits limits(Toxicity toxicity) {
        return toxicity == Toxicity.LATENCY ? PATIENT : LIMITS;
    }

    private static ServiceOutcome send(HttpServiceTransport transport, ToxicProxy proxy, Limits limits) {
        var outcome = transport.send(
                new ServiceRequest("POST", "/orders", Map.of(), "application/json", "{}".getBytes(UTF_8), "key"),
                new Endpoint(false, "127.0.0.1", proxy.port(), null),
                limits,
                ManualCallContext.unhurried());
        if (outcome instanceof ServiceOutcome.Response) {
            assertComplete(outcome);
        }
        return outcome;
    }

    private static void assertComplete(ServiceOutcome outcome) {
        assertThat(outcome).isInstanceOf(ServiceOutcome.Response.class);
        assertThat(((ServiceOutcome.Response) outcome).body()).asString(UTF_8).isEqualTo(BODY);
    }

    private void count(Toxicity toxicity, Kind kind) {
        counts.computeIfAbsent(toxicity, ignored -> new EnumMap<>(Kind.class)).merge(kind, 1, Integer::sum);
    }

    /** The table of {@code docs/services.md}. */
    @AfterAll
    void printCounts() {
        service.close();
        counts.forEach((toxicity, kinds) -> System.out.println("toxic network: " + toxicity + " " + kinds));
    }
}
