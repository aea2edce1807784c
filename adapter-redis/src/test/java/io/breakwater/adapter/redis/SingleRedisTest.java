package io.breakwater.adapter.redis;

import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("server")
class SingleRedisTest extends PortsOnRedis {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start(RedisProgram.BUNDLED);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    RedisSettings settings() {
        return RedisSettings.single(server.url());
    }

    @Override
    void pass(Duration time) {
        server.pass(prefix, time);
    }

    @Override
    void kill() {
        server.kill();
    }

    @Override
    void restart() {
        server.restart();
    }
}
