package io.breakwater.adapter.redis;

import io.breakwater.sample.redis.RedisServer;
import java.time.Duration;

/** All contracts, on a single server that the test class has started. */
abstract class PortsOnOneServer extends PortsOnRedis {
    abstract RedisServer server();

    @Override
    RedisSettings settings() {
        return RedisSettings.single(server().url());
    }

    @Override
    void pass(Duration time) {
        server().pass(prefix, time);
    }

    @Override
    void kill() {
        server().kill();
    }

    @Override
    void restart() {
        server().restart();
    }
}
