package io.breakwater.adapter.redis;

import io.breakwater.adapter.redis.RedisSettings.Login;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisSentinels;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** As a user who may do what {@code docs/redis.md} says and nothing else. */
@Tag("server")
class SentinelRedisTest extends PortsOnRedis {
    private static RedisSentinels sentinels;

    @BeforeAll
    static void start() {
        sentinels = RedisSentinels.start(RedisProgram.BUNDLED, Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        sentinels.close();
    }

    @BeforeEach
    void letIn() {
        sentinels.tell(jedis -> jedis.aclSetUser("app", DocumentedAcl.of("secret", prefix)));
        sentinels.tellSentinels(jedis -> jedis.aclSetUser("finder", DocumentedAcl.ofSentinels("other")));
    }

    @Override
    RedisSettings settings() {
        return RedisSettings.sentinel(sentinels.url(), RedisSentinels.MASTER)
                .withLogin(new Login("app", "secret"))
                .withSentinelLogin(new Login("finder", "other"));
    }

    @Override
    void pass(Duration time) {
        sentinels.pass(prefix, time);
    }

    @Override
    void kill() {
        sentinels.kill();
    }

    @Override
    void restart() {
        sentinels.restart();
        letIn();
    }
}
