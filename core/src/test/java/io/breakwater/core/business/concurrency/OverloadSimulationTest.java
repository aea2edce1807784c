package io.breakwater.core.business.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.settings.ConcurrencySettings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the limits do to a tool that can run 32 calls of 20 ms at once, which is 1,600 calls a second, in simulated time.
 */
class OverloadSimulationTest {
    private static final int PLACES = 32;
    private static final Duration SERVICE = Duration.ofMillis(20);
    private static final double CAPACITY = 1_600;
    private static final Duration WARM = Duration.ofSeconds(3);
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final ConcurrencySettings ONE_CALLER = ConcurrencySettings.STANDARD.withPerPrincipal(200);

    private static SimulatedServer server(ConcurrencySettings settings) {
        return new SimulatedServer(PLACES, SERVICE, settings);
    }

    private static SimulatedServer loaded(ConcurrencySettings settings, double load) {
        var server = server(settings);
        server.offer("caller", load * CAPACITY, WARM.plus(TIME));
        server.run(WARM);
        server.count();
        server.run(TIME);
        return server;
    }

    @Test
    void refusesNothingBelowTheCapacity() {
        var server = loaded(ONE_CALLER, 0.5);

        assertThat(server.served()).isGreaterThan((int) (server.offered() * 0.99));
        assertThat(server.latency(0.99)).isLessThan(SERVICE.multipliedBy(2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 4})
    void underOverloadGoodputStaysAtTheCapacityAndAdmittedCallsStayFast(double load) {
        var server = loaded(ONE_CALLER, load);

        assertThat(server.served()).isGreaterThan((int) (0.9 * CAPACITY * TIME.toSeconds()));
        assertThat(server.latency(0.99)).isLessThan(SERVICE.multipliedBy(3));
    }

    @Test
    void withoutAdaptiveLimitsTheLatencyOfAdmittedCallsGrows() {
        var server = loaded(ONE_CALLER.withoutAdaptiveLimits(), 2);

        assertThat(server.latency(0.99)).isGreaterThan(SERVICE.multipliedBy(5));
    }

    @Test
    void theLimitSettlesALittleAboveTheCapacity() {
        assertThat(loaded(ONE_CALLER, 2).limit()).isBetween(PLACES, 2 * PLACES);
    }

    @Test
    void anIdleTimeAfterAnOverloadLeavesTheLimitHigh() {
        var server = loaded(ONE_CALLER, 4);
        server.run(Duration.ofMinutes(30));
        server.offer("caller", 0.8 * CAPACITY, TIME);
        server.count();
        server.run(TIME);

        assertThat(server.served()).isGreaterThan((int) (server.offered() * 0.95));
    }

    @Test
    void aSlowStartDoesNotLockTheLimitAtALowValue() {
        var server = server(ONE_CALLER);
        server.offer("caller", 2, Duration.ofMinutes(5));
        server.run(Duration.ofMinutes(5));
        server.offer("caller", 0.8 * CAPACITY, TIME);
        server.count();
        server.run(TIME);

        assertThat(server.served()).isGreaterThan((int) (server.offered() * 0.95));
    }

    @Test
    void workThatBecomesSlowerForGoodIsMeasuredAgain() {
        var server = loaded(ONE_CALLER, 2);
        server.serviceTime(() -> 5 * SERVICE.toNanos());
        server.offer("caller", 2 * CAPACITY, Duration.ofMinutes(2));
        server.run(Duration.ofMinutes(1));
        server.count();
        server.run(Duration.ofMinutes(1));

        assertThat(server.served()).isGreaterThan((int) (0.9 * CAPACITY / 5 * 60));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 600})
    void afterAnOutageCallsRunAgainWithinASecond(int seconds) {
        var server = server(ONE_CALLER);
        var outage = Duration.ofSeconds(seconds);
        server.offer("caller", 0.8 * CAPACITY, WARM.plus(outage).plus(TIME));
        server.run(WARM);
        server.stop(outage); // calls time out, one limit after another
        server.run(Duration.ofSeconds(1));
        server.count();
        server.run(TIME.minusSeconds(1));

        assertThat(server.served()).isGreaterThan((int) (0.98 * server.offered()));
        assertThat(server.latency(0.99)).isLessThan(SERVICE.multipliedBy(2));
    }

    @Test
    void slowCallsRunAgainSoonAfterALongOutage() {
        var server = server(ONE_CALLER);
        server.serviceTime(() -> 100 * SERVICE.toNanos());
        server.offer("caller", 0.8 * CAPACITY / 100, Duration.ofMinutes(20));
        server.run(Duration.ofMinutes(2));
        server.stop(Duration.ofMinutes(10));
        assertThat(server.limit()).isLessThan(PLACES / 2);
        server.run(Duration.ofSeconds(20));
        server.count();
        server.run(Duration.ofMinutes(1));

        assertThat(server.served()).isGreaterThan((int) (0.95 * server.offered()));
    }

    @Test
    void anOutageLowersTheLimitSoThatFewCallsWaitForIt() {
        var server = server(ONE_CALLER);
        server.offer("caller", CAPACITY / 2, Duration.ofMinutes(5));
        server.run(WARM);
        server.stop(Duration.ofMinutes(4));

        assertThat(server.limit()).isLessThan(PLACES);
    }

    @Test
    void afterASlowTimeTheLatencyWithoutLoadIsMeasuredAgainWithinSeconds() {
        var server = server(ONE_CALLER);
        server.offer("caller", 2 * CAPACITY, Duration.ofMinutes(5));
        server.run(WARM);
        server.serviceTime(() -> 150 * SERVICE.toNanos());
        server.run(Duration.ofSeconds(200));
        server.serviceTime(SERVICE::toNanos);
        server.run(Duration.ofSeconds(8)); // calls of 3 s end first
        server.count();
        server.run(TIME);

        assertThat(server.served()).isGreaterThan((int) (0.9 * CAPACITY * TIME.toSeconds()));
        assertThat(server.latency(0.99)).isLessThan(SERVICE.multipliedBy(3));
    }

    @Test
    void noiseDoesNotLimitHandlersOfMicroseconds() {
        var server = server(ONE_CALLER);
        server.serviceTime(() -> server.random().nextInt(50) == 0 ? 20_000_000 : 50_000);
        server.offer("caller", 10_000, Duration.ofSeconds(20));
        server.count();
        server.run(Duration.ofSeconds(21));

        assertThat(server.served()).isEqualTo(server.offered());
    }

    @ParameterizedTest
    @CsvSource({"5, 1.1", "5, 2", "10, 2", "25, 1.1", "25, 2"})
    void theLimitOfSlowCallsSettles(int times, double load) {
        var server = server(ONE_CALLER);
        double capacity = CAPACITY / times;
        server.serviceTime(() -> times * SERVICE.toNanos());
        server.offer("caller", load * capacity, Duration.ofMinutes(4));
        server.run(Duration.ofMinutes(2));
        server.count();
        server.run(Duration.ofMinutes(2));

        assertThat(server.served()).isGreaterThan((int) (0.9 * capacity * 120));
        assertThat(server.latency(0.99)).isLessThan(SERVICE.multipliedBy(times * 3L));
    }

    @Test
    void slowCallsOfVaryingLengthDoNotRaiseTheLimitStepByStep() {
        var server = server(ONE_CALLER);
        server.serviceTime(() -> (long) (-Math.log(1 - server.random().nextDouble()) * 25 * SERVICE.toNanos()));
        server.offer("caller", 1.1 * CAPACITY / 25, Duration.ofMinutes(5));
        server.run(Duration.ofMinutes(2));
        server.count();
        server.run(Duration.ofMinutes(3));

        assertThat(server.served()).isGreaterThan((int) (0.85 * CAPACITY / 25 * 180));
        assertThat(server.latency(0.5)).isLessThan(SERVICE.multipliedBy(25 * 2));
    }

    @Test
    void oneGreedyCallerLeavesTheOthersTheirFairShare() {
        var server = server(ConcurrencySettings.STANDARD);
        double fair = CAPACITY / 10;
        server.offer("greedy", 10 * fair, WARM.plus(TIME));
        IntStream.range(1, 10).forEach(i -> server.offer("modest-" + i, fair, WARM.plus(TIME)));
        server.run(WARM);
        server.count();
        server.run(TIME);

        assertThat(IntStream.range(1, 10).mapToObj(i -> "modest-" + i))
                .allSatisfy(caller -> assertThat(server.served(caller))
                        .isGreaterThan((int) (0.9 * Math.min(server.offered(caller), fair * TIME.toSeconds()))));
        assertThat(server.served()).isGreaterThan((int) (0.9 * CAPACITY * TIME.toSeconds()));
    }
}
