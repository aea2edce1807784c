package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes that limit the rate of calls in a Redis. */
@Tag("server")
class SharedRateLimitTest {
    private static final int RATE = 600;
    private static final int BURST = 10;

    private final RedisServer redis = RedisServer.start(RedisProgram.BUNDLED);
    private final List<RunningServer> servers = new ArrayList<>();
    private final LimitedCaller caller = new LimitedCaller();
    private final AtomicInteger admitted = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        caller.close();
        for (var server : servers) {
            server.close();
        }
        redis.close();
    }

    private RunningServer start() throws Exception {
        return start(Map.of(
                "RATE_LIMIT",
                RATE + "/min",
                "BREAKWATER_LIMITS_RATE_PRINCIPAL_TOOL_BURST",
                Integer.toString(BURST),
                "BREAKWATER_LIMITS_RATE_TIMEOUT",
                "30s",
                "BREAKWATER_REDIS_OPERATION_TIMEOUT",
                "30s"));
    }

    private RunningServer start(Map<String, String> variables) throws Exception {
        var environment = new HashMap<>(variables);
        environment.put("REDIS_URL", redis.url());
        environment.put("BREAKWATER_LIMITS_RATE_PRINCIPAL", "off");
        environment.put("BREAKWATER_LIMITS_RATE_LOCAL_CALLERS", "true");
        var server = RunningServer.start(environment);
        servers.add(server);
        return server;
    }

    @Test
    void aRefusedCallerLearnsTheLimit() throws Exception {
        var server = start();
        var answer = caller.call(server);
        while (answer.statusCode() == 200) {
            answer = caller.call(server);
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.headers().firstValue("RateLimit-Policy")).hasValue("\"principal-tool\";q=600;w=60");
        assertThat(answer.headers().firstValue("RateLimit")).hasValue("\"principal-tool\";r=0;t=1");
        assertThat(answer.body()).contains("\"code\":429", "\"code\":\"RATE_LIMITED\"", "\"retryAfterMs\":");
    }

    /**
     * The rate is so low that no call is admitted because of the time that the test takes: Redis admits ten calls, and the
     * server alone half of them.
     */
    @Test
    @CoversOutage("rate limits: Redis down or frozen")
    void aServerAdmitsItsPartWhileRedisIsFrozenAndTheRestWhenItIsBack() throws Exception {
        var server = start(Map.of(
                "RATE_LIMIT", "12/d", "BREAKWATER_LIMITS_RATE_REPLICAS", "2", "BREAKWATER_CACHE_BREAKER_PERIOD", "1s"));
        Eventually.holds(() -> isAdmitted(server) && isStored());

        redis.freeze();
        int alone = admittedUntilRefused(server);
        redis.thaw();
        Eventually.holds(() -> isAdmitted(server));
        int rest = admittedUntilRefused(server);

        assertThat(alone).as("calls while Redis is frozen").isBetween(1, 5);
        assertThat(rest).as("calls after the first when Redis is back").isPositive();
        assertThat(admitted.get()).as("all calls").isBetween(12, 15); // a request that timed out may have been counted
        assertThat(isAdmitted(server)).isFalse();
    }

    private boolean isAdmitted(RunningServer server) {
        boolean ok = caller.call(server).statusCode() == 200;
        admitted.addAndGet(ok ? 1 : 0);
        return ok;
    }

    private boolean isStored() {
        return redis.<Set<String>>ask(jedis -> jedis.keys("*:rate:{n*")).size() == 1;
    }

    private int admittedUntilRefused(RunningServer server) {
        int count = 0;
        while (isAdmitted(server)) {
            count++;
        }
        return count;
    }
}
