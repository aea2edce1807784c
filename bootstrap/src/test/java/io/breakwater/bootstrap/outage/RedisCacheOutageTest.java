package io.breakwater.bootstrap.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.redis.RedisServices;
import io.breakwater.adapter.redis.RedisSettings;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Dependency.Need;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.redis.WriteRefusal;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cached results in a real Redis that fails. */
@Tag("server")
class RedisCacheOutageTest {
    private final RedisServer redis = RedisServer.start(RedisProgram.BUNDLED);
    private final AtomicInteger drawn = new AtomicInteger();
    private final List<Breakwater> servers = new ArrayList<>();

    record Topic(String topic) {}

    record Drawn(int number) {}

    /** How Redis is away. */
    enum Absence {
        DOWN,
        FROZEN;

        void begin(RedisServer redis) {
            switch (this) {
                case DOWN -> redis.kill();
                case FROZEN -> redis.freeze();
            }
        }

        void end(RedisServer redis) {
            switch (this) {
                case DOWN -> redis.restart();
                case FROZEN -> redis.thaw();
            }
        }
    }

    @AfterEach
    void close() {
        servers.forEach(Breakwater::close);
        redis.close();
    }

    private McpClient client() {
        var services = RedisServices.open(RedisSettings.single(redis.url()));
        var server = Breakwater.named("t")
                .cache(services.cacheStore())
                .eventBus(services.eventBus())
                .leases(services.leases())
                .cacheDependency(services.dependency(Need.OPTIONAL))
                .pack(new BuiltInPack.SystemInfo(null))
                .tool(Tool.named("draw")
                        .description("Draws the next number.")
                        .input(Topic.class)
                        .output(Drawn.class)
                        .readOnly()
                        .cacheForAll(Duration.ofMinutes(5))
                        .handler((topic, call) -> new Drawn(drawn.incrementAndGet())))
                .onClose(services)
                .build();
        servers.add(server);
        return InMemoryClient.of(server);
    }

    private static Json draw(McpClient client, String topic) {
        var result = client.call("draw", Json.object().put("topic", topic).build());
        assertThat(result.isError()).as(result.text()).isFalse();
        return result.structured();
    }

    private static Json.Obj health(McpClient client) {
        return client.call("health_check").structured();
    }

    private static boolean isCause(McpClient client, String cause) {
        return health(client).get("causes") instanceof Json.Arr(var causes) && causes.contains(Json.of(cause));
    }

    /** A client of a server that has found Redis. */
    private McpClient sharing() {
        var client = client();
        Eventually.holds(() -> !isCause(client, "cache") && !isCause(client, "redis"));
        return client;
    }

    @ParameterizedTest
    @CoversOutage("result cache: Redis down or frozen")
    @EnumSource
    void resultsAreCachedInMemoryWhileRedisIsAway(Absence absence) {
        var client = sharing();
        absence.begin(redis);

        Eventually.holds(() -> isCached(client)); // the memory is cleared once, when the connection for events is lost
        Eventually.holds(() -> isCause(client, "cache"));

        absence.end(redis);
        Eventually.holds(() -> !isCause(client, "cache"));
        Eventually.holds(() -> isCached(client));
    }

    private static boolean isCached(McpClient client) {
        return draw(client, "luck").equals(draw(client, "luck"));
    }

    @ParameterizedTest
    @CoversOutage("result cache: Redis full or read-only")
    @EnumSource
    void aRedisThatAcceptsNoWritesIsReportedWithTheReason(WriteRefusal refusal) {
        var client = sharing();
        refusal.begin(redis);

        Eventually.holds(() -> isCached(client));
        Eventually.holds(
                () -> isCause(client, "cache") && health(client).toString().contains(refusal.reason()));

        refusal.end(redis);
        Eventually.holds(() -> !isCause(client, "cache"));
    }

    @Test
    @CoversOutage("result cache: Redis restarted empty")
    void resultsAreComputedAgainAfterARestartOfRedis() {
        var one = sharing();
        Eventually.holds(() -> {
            draw(one, "luck");
            return redis.ask(jedis -> jedis.dbSize()) > 0;
        });
        redis.kill();
        redis.restart();

        int before = drawn.get();
        draw(sharing(), "luck");
        assertThat(drawn).hasValue(before + 1);
    }
}
