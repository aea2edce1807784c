package io.breakwater.adapter.redis;

import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.Jedis;

/** A Redis whose keys the tests read and write, and the services of the deployment {@code shop}, which uses it. */
abstract class KeysOfShop {
    static final int MAX_VALUE_BYTES = 1_000;

    static RedisServer server;

    RedisServices redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start(RedisProgram.BUNDLED);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        server.tell(Jedis::flushAll);
        redis = RedisServices.open(RedisSettings.single(server.url())
                .withPrefix("shop")
                .withValueBytes(MAX_VALUE_BYTES)
                .withTimes(Duration.ofSeconds(20), Duration.ofSeconds(5)));
    }

    @AfterEach
    void close() {
        redis.close();
    }
}
