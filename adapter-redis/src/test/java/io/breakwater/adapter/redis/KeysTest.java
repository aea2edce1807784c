package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.redis.RedisWait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** The keys in Redis, and values that other programs stored. */
@Tag("server")
class KeysTest extends KeysOfShop {
    private static final Duration TTL = Duration.ofMinutes(5);

    @Test
    void putsEverythingUnderItsPrefixAndLetsItExpire() {
        redis.cacheStore().put("key", bytes("value"), TTL);
        redis.leases().acquire("lease", "holder", TTL);

        assertThat(server.<Iterable<String>>ask(jedis -> jedis.keys("*")))
                .containsExactlyInAnyOrder("shop:value:key", "shop:lease:lease");
        assertThat(server.<Long>ask(jedis -> jedis.pttl("shop:value:key"))).isBetween(1L, TTL.toMillis());
        assertThat(server.<Long>ask(jedis -> jedis.pttl("shop:lease:lease"))).isBetween(1L, TTL.toMillis());
    }

    @Test
    void leavesTheKeysOfAnotherDeploymentAlone() {
        try (var other = RedisServices.open(RedisSettings.single(server.url()).withPrefix("shop2"))) {
            redis.cacheStore().put("key", bytes("mine"), TTL);
            redis.leases().acquire("lease", "me", TTL);

            assertThat(other.cacheStore().get("key")).isEmpty();
            assertThat(other.leases().acquire("lease", "them", TTL)).isTrue();
        }
    }

    @Test
    void usesTheDatabaseItIsToldWithOneRightMore() {
        server.tell(jedis -> jedis.aclSetUser("app", DocumentedAcl.of("secret", "shop")));
        server.tell(jedis -> jedis.aclSetUser("app", "+select"));
        try (var third = RedisServices.open(RedisSettings.single(server.url().replace("//", "//app:secret@") + "/3")
                .withPrefix("shop")
                .withTimes(Duration.ofSeconds(20), Duration.ofSeconds(5)))) {
            third.cacheStore().put("key", bytes("value"), TTL);

            assertThat(redis.cacheStore().get("key")).isEmpty();
            assertThat(third.cacheStore().get("key")).hasValue(bytes("value"));
        }
    }

    @ParameterizedTest
    @CoversOutage("result cache: Redis with foreign or corrupt values")
    @ValueSource(strings = {"", "garbage", "\u0000", "\u0002value", "{\"json\":true}"})
    void takesWhatOthersWroteForAMiss(String foreign) {
        server.tell(jedis -> jedis.set("shop:value:key", foreign));

        assertThat(redis.cacheStore().get("key")).isEmpty();
    }

    @ParameterizedTest
    @CoversOutage("result cache: Redis with foreign or corrupt values")
    @ValueSource(strings = {"RPUSH", "SADD", "PFADD"})
    void treatsAKeyOfAnotherTypeAsAMissOrAHeldLease(String command) {
        server.tell(jedis -> jedis.sendCommand(() -> bytes(command), "shop:value:key", "element"));
        server.tell(jedis -> jedis.sendCommand(() -> bytes(command), "shop:lease:lease", "element"));

        assertThat(redis.cacheStore().get("key")).isEmpty();
        assertThat(redis.leases().acquire("lease", "holder", TTL)).isFalse();
        redis.leases().release("lease", "holder");

        redis.cacheStore().put("key", bytes("value"), TTL);
        assertThat(redis.cacheStore().get("key")).hasValue(bytes("value"));
    }

    @Test
    void keepsTheLargestValueAndNoLargerOne() {
        redis.cacheStore().put("largest", new byte[MAX_VALUE_BYTES], TTL);
        redis.cacheStore().put("larger", bytes("older"), TTL);
        redis.cacheStore().put("larger", new byte[MAX_VALUE_BYTES + 1], TTL);

        assertThat(redis.cacheStore().get("largest")).hasValue(new byte[MAX_VALUE_BYTES]);
        assertThat(redis.cacheStore().get("larger")).isEmpty();
    }

    @Test
    @CoversOutage("result cache: Redis with foreign or corrupt values")
    void doesNotReadAHugeValueIntoMemory() {
        server.tell(jedis -> jedis.set("shop:value:key", "\u0001"));
        server.tell(jedis -> jedis.setrange("shop:value:key", 64 * 1024 * 1024, "end"));
        long before = sent();

        assertThat(redis.cacheStore().get("key")).isEmpty();
        assertThat(sent() - before).isLessThan(20_000);
    }

    private static long sent() {
        return server.ask(jedis -> jedis.info("stats"))
                .lines()
                .filter(line -> line.startsWith("total_net_output_bytes:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    @Test
    void keepsNothingWithoutALife() {
        redis.cacheStore().put("key", bytes("older"), TTL);

        redis.cacheStore().put("key", bytes("newer"), Duration.ZERO);

        assertThat(redis.cacheStore().get("key")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Long.MAX_VALUE / 2})
    void bearsTheShortestAndTheLongestLife(long seconds) {
        redis.cacheStore().put("key", bytes("value"), Duration.ofSeconds(seconds));
        redis.cacheStore().put("short", bytes("value"), Duration.ofNanos(1));

        assertThat(redis.leases().acquire("lease", "holder", Duration.ofSeconds(seconds)))
                .isTrue();
        assertThat(server.<Long>ask(jedis -> jedis.pttl("shop:value:key"))).isPositive();
    }

    @Test
    void sendsItsScriptsAgainWhenRedisForgotThem() {
        redis.leases().acquire("lease", "holder", TTL);
        server.tell(Jedis::scriptFlush);

        assertThat(redis.leases().acquire("lease", "other", TTL)).isFalse();
        server.tell(Jedis::scriptFlush);
        redis.leases().release("lease", "holder");
        assertThat(redis.leases().acquire("lease", "other", TTL)).isTrue();
    }

    @Test
    void unsubscribesWhenTheLastListenerOfATopicCloses() {
        var bus = redis.eventBus();
        var reply = new AwaitingListener();
        var stays = new AwaitingListener();
        var first = bus.subscribe("topic", reply);
        reply.awaitConnected();
        bus.subscribe("stays", stays);
        stays.awaitConnected();

        first.close();

        RedisWait.until(() -> server.ask(jedis -> jedis.pubsubChannels("*")).equals(List.of("shop:event:stays")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
