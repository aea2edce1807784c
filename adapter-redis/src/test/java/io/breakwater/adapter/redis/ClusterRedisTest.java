package io.breakwater.adapter.redis;

import io.breakwater.adapter.redis.RedisSettings.Login;
import io.breakwater.sample.redis.RedisCluster;
import io.breakwater.sample.redis.RedisProgram;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** As a user who may do what {@code docs/redis.md} says and nothing else. */
@Tag("server")
class ClusterRedisTest extends PortsOnRedis {
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start(RedisProgram.BUNDLED, Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void letIn() {
        cluster.tell(jedis -> jedis.aclSetUser("app", DocumentedAcl.inCluster("secret", prefix)));
    }

    @Override
    RedisSettings settings() {
        return RedisSettings.cluster(cluster.url()).withLogin(new Login("app", "secret"));
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
        letIn();
    }
}
