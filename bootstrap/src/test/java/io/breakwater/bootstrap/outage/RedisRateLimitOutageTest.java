package io.breakwater.bootstrap.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.redis.RedisServices;
import io.breakwater.adapter.redis.RedisSettings;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.PortException;
import io.breakwater.port.RateLimit;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.redis.WriteRefusal;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.RateLimitSettings;
import io.breakwater.server.settings.RateLimitSettings.Sharing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rate limits in a real Redis that fails. The rate is so low that no call is admitted because of the time that a test
 * takes: Redis admits ten calls, and a server alone half of them.
 */
@Tag("server")
class RedisRateLimitOutageTest {
    private static final RateLimit LIMIT = new RateLimit(12, Duration.ofDays(1), 10);
    private static final int ALONE = 5;

    private final RedisServer redis = RedisServer.start(RedisProgram.BUNDLED);
    private final Relay relay = Relay.to(redis.port());
    private final List<Breakwater> servers = new ArrayList<>();

    @AfterEach
    void close() {
        relay.mend();
        servers.forEach(Breakwater::close);
        relay.close();
        redis.close();
    }

    /** A client of a new server, with the time limits of production. */
    private McpClient client() {
        var services = RedisServices.open(RedisSettings.single("redis://127.0.0.1:" + relay.port()));
        var sharing = new Sharing(2, Sharing.STANDARD.timeout(), Duration.ofSeconds(1));
        var server = Breakwater.named("t")
                .sharedRateLimits(services.rateLimits())
                .rateLimits(RateLimitSettings.STANDARD
                        .withPrincipalTool(LIMIT)
                        .withPrincipal(null)
                        .withLocalCallers(true)
                        .withSharing(sharing))
                .tool(Tool.named("echo").description("Says yes.").handler((arguments, call) -> ToolResult.text("yes")))
                .onClose(services)
                .build();
        servers.add(server);
        return InMemoryClient.of(server);
    }

    private static boolean isAdmitted(McpClient client) {
        try {
            return client.call("echo").text().equals("yes");
        } catch (PortException.ProtocolErrorException refused) {
            assertThat(refused).hasMessageContaining("Too many calls");
            return false;
        }
    }

    private static int admittedUntilRefused(McpClient client) {
        int count = 0;
        while (isAdmitted(client)) {
            count++;
        }
        return count;
    }

    /** A call of a server that has found Redis. */
    private McpClient sharing() {
        var client = client();
        Eventually.holds(() -> isAdmitted(client) && isStored());
        return client;
    }

    private boolean isStored() {
        return redis.ask(jedis -> jedis.keys("*:rate:{n*")).size() == 1;
    }

    private static void limitsAlone(McpClient client) {
        assertThat(admittedUntilRefused(client)).isBetween(1, ALONE);
    }

    /** The server has used up its own part, so Redis must have admitted the call. */
    private static void sharesAgain(McpClient client) {
        Eventually.holds(() -> isAdmitted(client));
    }

    @Test
    @CoversOutage("rate limits: Redis down or frozen")
    void eachServerLimitsAloneWhileRedisIsDown() {
        var client = sharing();
        redis.kill();

        limitsAlone(client);

        redis.restart();
        sharesAgain(client);
    }

    /** The calls of the meantime reach Redis in the end, but no call waits for that. */
    @Test
    @CoversOutage("rate limits: Redis slow")
    void noCallWaitsForASlowRedis() {
        var client = sharing();
        relay.freeze();

        limitsAlone(client);

        relay.mend();
        sharesAgain(client);
    }

    @ParameterizedTest
    @CoversOutage("rate limits: Redis full or read-only")
    @EnumSource
    void eachServerLimitsAloneWhileRedisAcceptsNoWrites(WriteRefusal refusal) {
        var client = sharing();
        refusal.begin(redis);

        limitsAlone(client);

        refusal.end(redis);
        sharesAgain(client);
    }

    @Test
    @CoversOutage("rate limits: Redis restarted empty")
    void eachLimitBeginsUnusedAfterARestartOfRedis() {
        admittedUntilRefused(sharing());
        redis.kill();
        redis.restart();

        var other = client();
        Eventually.holds(() -> isAdmitted(other) && isStored());
        assertThat(admittedUntilRefused(other)).isLessThan(LIMIT.burst() + ALONE);
    }
}
