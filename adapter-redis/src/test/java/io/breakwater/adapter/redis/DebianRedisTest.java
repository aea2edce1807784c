package io.breakwater.adapter.redis;

import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("server")
@Tag("debian")
class DebianRedisTest extends PortsOnOneServer {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start(RedisProgram.DEBIAN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    RedisServer server() {
        return server;
    }
}
