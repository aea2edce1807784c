package io.breakwater.adapter.redis;

import io.breakwater.sample.redis.RedisCluster;
import io.breakwater.sample.redis.RedisProgram;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ClusterRedisTest extends PortsOnRedis {
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start(RedisProgram.BUNDLED);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    RedisSettings settings() {
        return RedisSettings.cluster(cluster.url());
    }

    @Override
    void pass(Duration time) {
        cluster.pass(prefix, time);
    }

    @Override
    void kill() {
        cluster.kill();
    }

    @Override
    void restart() {
        cluster.restart();
    }
}
