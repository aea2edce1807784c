package io.breakwater.adapter.redis;

import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisSentinels;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SentinelRedisTest extends PortsOnRedis {
    private static RedisSentinels sentinels;

    @BeforeAll
    static void start() {
        sentinels = RedisSentinels.start(RedisProgram.BUNDLED);
    }

    @AfterAll
    static void stop() {
        sentinels.close();
    }

    @Override
    RedisSettings settings() {
        return RedisSettings.sentinel(sentinels.url(), RedisSentinels.MASTER);
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
    }
}
