package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.redis.RateClock;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three processes that share a Redis, and one caller that calls all of them without a pause. */
@Tag("server")
class SharedRateLimitTest {
    private static final int RATE = 600;
    private static final int BURST = 10;
    private static final int CALLS = 100;
    private static final int SERVERS = 3;
    private static final int CONNECTIONS_OF_EACH = 8;
    private static final String CALL = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"health_check","arguments":{},"_meta":{
              "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
            """;

    private final RedisServer redis = RedisServer.start(RedisProgram.BUNDLED);
    private final List<RunningServer> servers = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger admitted = new AtomicInteger();
    private final CompletableFuture<Double> expected = new CompletableFuture<>();

    @AfterEach
    void close() throws Exception {
        client.close();
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

    private HttpResponse<String> call(RunningServer server) {
        var request = HttpRequest.newBuilder(URI.create(server.endpoint()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "health_check")
                .POST(BodyPublishers.ofString(CALL))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void threeProcessesTogetherAdmitTheRate() throws Exception {
        for (int i = 0; i < SERVERS; i++) {
            assertThat(call(start()).statusCode()).isEqualTo(200);
        }
        var clock = RateClock.begin(redis, RATE, BURST);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var server : servers) {
                for (int i = 0; i < CONNECTIONS_OF_EACH; i++) {
                    callers.execute(() -> callUntilEnough(server, clock));
                }
            }
        }

        assertThat(expected.join()).isBetween(CALLS - 0.5, CALLS * 1.02 + 1);
    }

    private void callUntilEnough(RunningServer server, RateClock clock) {
        while (admitted.get() < CALLS) {
            if (call(server).statusCode() == 200 && admitted.incrementAndGet() == CALLS) {
                expected.complete(clock.calls());
            }
        }
    }

    @Test
    void aRefusedCallerLearnsTheLimit() throws Exception {
        var server = start();
        var answer = call(server);
        while (answer.statusCode() == 200) {
            answer = call(server);
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
        boolean ok = call(server).statusCode() == 200;
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
