package io.breakwater.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.redis.RedisSettings.Address;
import io.breakwater.adapter.redis.RedisSettings.Cluster;
import io.breakwater.adapter.redis.RedisSettings.Login;
import io.breakwater.adapter.redis.RedisSettings.Sentinel;
import io.breakwater.adapter.redis.RedisSettings.Single;
import io.breakwater.adapter.redis.RedisSettings.Tls;
import io.breakwater.sample.settings.NullComponents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {
    private static final String CANARY = "Zwetschgenknoedel";

    @Test
    void hasTheseDefaults() {
        assertThat(RedisSettings.defaults())
                .isEqualTo(new RedisSettings(
                        new Single(new Address("localhost", 6379)),
                        null,
                        0,
                        null,
                        "breakwater",
                        16,
                        Duration.ofMillis(150),
                        Duration.ofSeconds(1),
                        2_097_152));
    }

    @Test
    void changesOneSettingAndKeepsTheOthers() {
        var tls = new Tls(Path.of("ca.pem"), Path.of("c.pem"), Path.of("k.pem"));
        var changed = RedisSettings.single("redis://cache:1/7")
                .withLogin(new Login("a", "b"))
                .withTls(tls)
                .withPrefix("shop")
                .withConnections(3)
                .withTimes(Duration.ofMillis(20), Duration.ofMillis(30))
                .withValueBytes(50);

        assertThat(changed)
                .isEqualTo(new RedisSettings(
                        new Single(new Address("cache", 1)),
                        new Login("a", "b"),
                        7,
                        tls,
                        "shop",
                        3,
                        Duration.ofMillis(20),
                        Duration.ofMillis(30),
                        50));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://cache, cache, 6379, , , 0",
        "redis://cache:7000/, cache, 7000, , , 0",
        "redis://my_cache:7000/12, my_cache, 7000, , , 12",
        "redis://:secret@cache/1, cache, 6379, default, secret, 1",
        "redis://app:secret@127.0.0.1, 127.0.0.1, 6379, app, secret, 0",
        "redis://app:p%40ss%3Aw%2Fo+rd%25@cache, cache, 6379, app, p@ss:w/o+rd%, 0",
        "redis://app:a@b/c:d@cache, cache, 6379, app, a@b/c:d, 0",
        "redis://[::1], ::1, 6379, , , 0",
        "redis://:secret@[fe80::1]:7000/3, fe80::1, 7000, default, secret, 3",
    })
    void readsAUrl(String url, String host, int port, String user, String password, int database) {
        var settings = RedisSettings.single(url);

        assertThat(settings.servers()).isEqualTo(new Single(new Address(host, port)));
        assertThat(settings.login()).isEqualTo(user == null ? null : new Login(user, password));
        assertThat(settings.database()).isEqualTo(database);
        assertThat(settings.tls()).isNull();
    }

    @Test
    void encryptsWhenTheUrlSaysSo() {
        assertThat(RedisSettings.single("rediss://cache").tls()).isEqualTo(Tls.system());
    }

    @Test
    void readsTheHostsOfSentinelsAndOfACluster() {
        var sentinel = RedisSettings.sentinel("redis://:secret@s1,s2:5,[::1]/2", "primary");
        var cluster = RedisSettings.cluster("redis://n1, n2:7001");

        assertThat(sentinel.servers())
                .isEqualTo(new Sentinel(
                        "primary",
                        List.of(new Address("s1", 26379), new Address("s2", 5), new Address("::1", 26379)),
                        null));
        assertThat(sentinel.login()).isEqualTo(new Login("default", "secret"));
        assertThat(sentinel.withSentinelLogin(new Login("watch", "dog")).servers())
                .isInstanceOfSatisfying(
                        Sentinel.class, servers -> assertThat(servers.login()).isEqualTo(new Login("watch", "dog")));
        assertThat(cluster.servers()).isEqualTo(new Cluster(List.of(new Address("n1", 6379), new Address("n2", 7001))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cache:6379",
                "http://:" + CANARY + "@cache",
                "REDIS_URL=redis://:" + CANARY + "@cache",
                "redis://",
                "redis://:" + CANARY + "@",
                "redis://" + CANARY + "@cache",
                "redis://:" + CANARY + "%zz@cache",
                "redis://:@cache",
                "redis://:" + CANARY + "@cache:port",
                "redis://:" + CANARY + "@cache:0",
                "redis://:" + CANARY + "@cache:65536",
                "redis://:" + CANARY + "@cache/first",
                "redis://:" + CANARY + "@cache/-1",
                "redis://:" + CANARY + "@cache/0?timeout=5",
                "redis://:" + CANARY + "@one,two",
                "redis://:" + CANARY + "@one,",
            })
    void refusesAUrlThatItDoesNotUnderstandAndDoesNotRepeatIt(String url) {
        assertThatThrownBy(() -> RedisSettings.single(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(url|password|database) .*")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void printsNoSecret() {
        var settings = RedisSettings.sentinel("redis://app:" + CANARY + "@s1", "primary")
                .withSentinelLogin(new Login("watch", CANARY));

        assertThat(settings.toString()).contains("app", "watch", "******").doesNotContain(CANARY);
    }

    @Test
    void refusesWhatCouldNeverWorkAndNamesTheSetting() {
        var good = RedisSettings.defaults();

        assertThatThrownBy(() -> good.withPrefix("a{b}")).hasMessageStartingWith("prefix ");
        assertThatThrownBy(() -> good.withPrefix("a:b")).hasMessageStartingWith("prefix ");
        assertThatThrownBy(() -> good.withPrefix("")).hasMessageStartingWith("prefix ");
        assertThatThrownBy(() -> good.withConnections(0)).hasMessageStartingWith("connections ");
        assertThatThrownBy(() -> good.withTimes(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageStartingWith("operationTimeout ");
        assertThatThrownBy(() -> good.withTimes(Duration.ofSeconds(1), Duration.ofNanos(1)))
                .hasMessageStartingWith("connectTimeout ");
        assertThatThrownBy(() -> good.withValueBytes(0)).hasMessageStartingWith("valueBytes ");
        assertThatThrownBy(() -> good.withValueBytes(Integer.MAX_VALUE)).hasMessageStartingWith("valueBytes ");
        assertThatThrownBy(() -> RedisSettings.cluster("redis://n1/1")).hasMessageStartingWith("database ");
        assertThatThrownBy(() -> RedisSettings.sentinel("redis://s1", " ")).hasMessageStartingWith("master ");
        assertThatThrownBy(() -> new Tls(null, Path.of("c.pem"), null)).hasMessageContaining("key");
        assertThatThrownBy(() -> new Login(" ", "secret")).hasMessageStartingWith("user ");
    }

    @Test
    void refusesNullAndNamesTheComponent() {
        var single = RedisSettings.defaults();
        var address = new Address("localhost", 1);

        assertThat(NullComponents.acceptedBy(
                        single,
                        address,
                        new Single(address),
                        new Sentinel("primary", List.of(address), null),
                        new Cluster(List.of(address)),
                        new Login("a", "b"),
                        Tls.system()))
                .isEmpty();
    }
}
