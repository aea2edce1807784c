package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.redis.RedisCluster;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisSentinels;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.redis.RedisWait;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Servers end, freeze and change places under load; calls fail at once, and no operator restarts anything of
 * ours.
 */
@Tag("server")
class OutageTest {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration SILENCE = Duration.ofMillis(500);

    @Test
    void goesOnWhenTheServerIsKilledAndStartedAgain() {
        try (var server = RedisServer.start(RedisProgram.BUNDLED);
                var redis = RedisServices.open(RedisSettings.single(server.url()));
                var load = LoadRun.on(redis.cacheStore())) {
            load.awaitServed();

            server.kill();
            load.awaitUnavailable();

            server.restart();
            load.awaitServed();
            assertThat(load.wrong()).isZero();
        }
    }

    @Test
    void goesOnWhenTheServerWasFrozen() {
        try (var server = RedisServer.start(RedisProgram.BUNDLED);
                var redis = RedisServices.open(RedisSettings.single(server.url()));
                var load = LoadRun.on(redis.cacheStore())) {
            load.awaitServed();

            server.freeze();
            load.awaitUnavailable();

            server.thaw();
            load.awaitServed();
            assertThat(load.wrong()).isZero();
        }
    }

    @Test
    @CoversOutage("start: Redis down")
    void connectsWhenTheServerComesLater() {
        try (var server = RedisServer.start(RedisProgram.BUNDLED)) {
            server.kill();
            try (var redis = RedisServices.open(RedisSettings.single(server.url()))) {
                assertThat(keeps(redis.cacheStore(), "key")).isFalse();
                var reply = new AwaitingListener();
                redis.eventBus().subscribe("topic", reply);

                server.restart();

                RedisWait.until(() -> keeps(redis.cacheStore(), "key"));
                reply.awaitConnected();
            }
        }
    }

    @Test
    @CoversOutage("start: Redis down")
    void connectsWhenTheClusterComesLater() {
        try (var cluster = RedisCluster.start(RedisProgram.BUNDLED, SILENCE)) {
            cluster.kill();
            try (var redis = RedisServices.open(RedisSettings.cluster(cluster.url()))) {
                assertThat(keeps(redis.cacheStore(), "key")).isFalse();

                cluster.restart();

                RedisWait.until(() -> keeps(redis.cacheStore(), "key"));
            }
        }
    }

    @Test
    @CoversOutage("cache invalidation: Redis without its connection for events")
    void noticesThatTheConnectionForEventsIsHalfDead() {
        var quick = Duration.ofMillis(200);
        try (var server = RedisServer.start(RedisProgram.BUNDLED);
                var redis =
                        RedisServices.open(RedisSettings.single(server.url()).withTimes(quick, quick))) {
            var reply = new AwaitingListener();
            redis.eventBus().subscribe("topic", reply);
            reply.awaitConnected();

            server.freeze();
            reply.awaitLost();

            server.thaw();
            reply.awaitConnected();
        }
    }

    @Test
    void followsTheSentinelsToTheNewPrimary() {
        try (var sentinels = RedisSentinels.start(RedisProgram.BUNDLED, SILENCE);
                var redis = RedisServices.open(RedisSettings.sentinel(sentinels.url(), RedisSentinels.MASTER))) {
            RedisWait.until(() -> keeps(redis.cacheStore(), "key"));
            var reply = new AwaitingListener();
            redis.eventBus().subscribe("topic", reply);
            reply.awaitConnected();
            var old = sentinels.primary();

            old.kill();
            reply.awaitLost();

            RedisWait.until(() -> keeps(redis.cacheStore(), "key"));
            RedisWait.until(() -> sentinels.primary() != old); // each Sentinel learns of it at a time of its own
            reply.awaitConnected();
            redis.eventBus().publish("topic", "news".getBytes(UTF_8));
            reply.awaitMessage("news");
        }
    }

    @Test
    void servesWhatTheOtherNodesHaveWhileOneIsReplaced() {
        try (var cluster = RedisCluster.start(RedisProgram.BUNDLED, SILENCE);
                var redis = RedisServices.open(RedisSettings.cluster(cluster.url()))) {
            var dying = cluster.replicated();
            var there = keyOf(cluster, dying, true);
            var elsewhere = keyOf(cluster, dying, false);
            RedisWait.until(() -> keeps(redis.cacheStore(), there) && keeps(redis.cacheStore(), elsewhere));

            dying.kill();
            assertThat(keeps(redis.cacheStore(), there)).isFalse();
            assertThat(keeps(redis.cacheStore(), elsewhere)).isTrue();

            RedisWait.until(() -> keeps(redis.cacheStore(), there));
            assertThat(keeps(redis.cacheStore(), elsewhere)).isTrue();
        }
    }

    private static String keyOf(RedisCluster cluster, RedisServer node, boolean wanted) {
        var names = new KeyNames("breakwater");
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "key " + i)
                .filter(key -> (cluster.home(new String(names.value(key), UTF_8)) == node) == wanted)
                .findFirst()
                .orElseThrow();
    }

    private static boolean keeps(CacheStore store, String key) {
        try {
            store.put(key, key.getBytes(UTF_8), TTL);
            return store.get(key).isPresent();
        } catch (PortException.UnavailableException e) {
            return false;
        }
    }
}
