package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.redis.RateClock;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three processes that share a Redis, and one caller that calls all of them on 64 connections without a pause. The test
 * compares admitted calls with the time that has really passed, by the clock of Redis while there is one, so the speed of
 * the machine does not matter: the burst makes up for pauses of up to six seconds.
 */
@Tag("server")
class LimitOfThreeServersTest {
    private static final int RATE = 600;
    private static final int BURST = 60;
    private static final int SERVERS = 3;
    private static final int CONNECTIONS = 64;
    private static final int STEADY_CALLS = 150;
    private static final int CALLS_WITHOUT_REDIS = 120;
    private static final int CALLS_AFTER_RETURN = 100;
    private static final int LAST_CALLS = 20;
    private static final double TOLERANCE = 0.02;
    private static final int MAX_ATTEMPTS = 5;
    private static final double NANOS_PER_CALL = 60e9 / RATE;
    private static final Pattern ALONE = Pattern.compile("(?m)^mcp_rate_limit_local_total (\\S+)$");

    private final RedisServer redis = RedisServer.start(RedisProgram.BUNDLED);
    private final LimitedCaller caller = new LimitedCaller();
    private final List<RunningServer> servers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < SERVERS; i++) {
            servers.add(RunningServer.start(Map.ofEntries(
                    Map.entry("REDIS_URL", redis.url()),
                    Map.entry("RATE_LIMIT", RATE + "/min"),
                    Map.entry("BREAKWATER_LIMITS_RATE_PRINCIPAL_TOOL_BURST", Integer.toString(BURST)),
                    Map.entry("BREAKWATER_LIMITS_RATE_PRINCIPAL", "off"),
                    Map.entry("BREAKWATER_LIMITS_RATE_LOCAL_CALLERS", "true"),
                    Map.entry("BREAKWATER_LIMITS_RATE_REPLICAS", Integer.toString(SERVERS)),
                    Map.entry("BREAKWATER_LIMITS_RATE_TIMEOUT", "1s"),
                    Map.entry("BREAKWATER_REDIS_OPERATION_TIMEOUT", "1s"),
                    Map.entry("BREAKWATER_CACHE_BREAKER_PERIOD", "1s"),
                    Map.entry("BREAKWATER_METRICS_PUBLIC", "true"))));
        }
    }

    @AfterEach
    void close() {
        caller.close();
        servers.forEach(RunningServer::close);
        redis.close();
    }

    @Test
    void theRateHoldsWithRedisWithoutItAndAfterItsReturn() {
        assertRateOfRedis(STEADY_CALLS);

        redis.freeze();
        assertRateWithoutRedis(CALLS_WITHOUT_REDIS);
        redis.thaw();

        servers.forEach(server -> Eventually.holds(() -> asksRedis(server)));
        assertRateOfRedis(CALLS_AFTER_RETURN);
    }

    /** If a server took Redis for slow meanwhile and decided alone, the measurement is repeated. */
    private void assertRateOfRedis(int calls) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            double alone = decidedAlone();
            var clock = RateClock.begin(redis, RATE, BURST, () -> isAdmitted(servers.getFirst()));
            var margins = callUntilAdmitted(calls, clock::calls);
            if (decidedAlone() == alone) {
                assertThat(margins.atTheEnd())
                        .as("calls of the rate that were not made")
                        .isGreaterThan(-0.5);
                assertThat(margins.smallest()).as("the same, at best").isLessThan(calls * TOLERANCE);
                return;
            }
        }
        throw new AssertionError("Redis was too slow for the servers in each of " + MAX_ATTEMPTS + " attempts.");
    }

    /** Each server begins with an unused burst, which is its part of the whole one, and a call that waits for Redis. */
    private void assertRateWithoutRedis(int calls) {
        servers.forEach(server -> assertThat(isAdmitted(server)).isTrue());
        long begin = System.nanoTime(); // from now on each server decides alone
        var margins = callUntilAdmitted(calls, () -> BURST + (System.nanoTime() - begin) / NANOS_PER_CALL);

        assertThat(margins.atTheEnd())
                .as("calls of the rate and the burst that were not made")
                .isGreaterThan(-0.5);
        assertThat(margins.smallest()).as("the same, at best").isLessThan(calls * TOLERANCE + SERVERS);
    }

    private boolean asksRedis(RunningServer server) {
        double alone = decidedAlone(server);
        isAdmitted(server);
        return decidedAlone(server) == alone;
    }

    private double decidedAlone() {
        return servers.stream().mapToDouble(this::decidedAlone).sum();
    }

    private double decidedAlone(RunningServer server) {
        var found = ALONE.matcher(caller.metrics(server));
        assertThat(found.find()).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private boolean isAdmitted(RunningServer server) {
        int status = caller.call(server).statusCode();
        assertThat(status).isIn(200, 429);
        return status == 200;
    }

    /**
     * How many calls fewer than due were admitted. After a pause of the machine, calls make up for it, so the smallest
     * margin near the end of a measurement tells whether the whole rate was admitted.
     */
    private record Margins(double smallest, double atTheEnd) {}

    /** Calls on all connections until at least this number of calls is admitted; compares them with those that are due. */
    private Margins callUntilAdmitted(int calls, DoubleSupplier due) {
        var admitted = new AtomicInteger();
        var smallest = new DoubleAccumulator(Math::min, Double.MAX_VALUE);
        long deadline = System.nanoTime() + Eventually.LIMIT.toNanos();
        try (var connections = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                var server = servers.get(i % SERVERS);
                connections.execute(() -> {
                    while (admitted.get() < calls && System.nanoTime() - deadline < 0) {
                        int count = isAdmitted(server) ? admitted.incrementAndGet() : 0;
                        if (count > calls - LAST_CALLS) {
                            smallest.accumulate(due.getAsDouble() - count);
                        }
                    }
                });
            }
        }
        assertThat(admitted).as("admitted calls").hasValueGreaterThanOrEqualTo(calls);
        return new Margins(smallest.get(), due.getAsDouble() - admitted.get());
    }
}
