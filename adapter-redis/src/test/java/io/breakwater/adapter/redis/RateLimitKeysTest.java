package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision.Admitted;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.sample.outage.CoversOutage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** The keys of rate limits in Redis, and what other programs stored under them. */
@Tag("server")
class RateLimitKeysTest extends KeysOfShop {
    private static final BucketKey ALL = new BucketKey(Scope.GLOBAL, "", "");
    private static final String STORED = "shop:rate:{g}";

    /** Three calls at once, and one more every hour. */
    private static final RateLimit THREE = new RateLimit(24, Duration.ofDays(1), 3);

    private boolean admits(BucketKey key) {
        return redis.rateLimits().take(List.of(new Charge(key, THREE, 1))) instanceof Admitted;
    }

    private long admitted(int calls) {
        return IntStream.range(0, calls).filter(i -> admits(ALL)).count();
    }

    @Test
    void containNoCallersAndShareASlotForEachCaller() {
        var ann = "auth0|ann@example.com|https://login.example.com";
        admits(new BucketKey(Scope.PRINCIPAL, ann, "echo"));
        admits(new BucketKey(Scope.PRINCIPAL, ann, ""));
        admits(new BucketKey(Scope.NETWORK, "192.0.2.1", "echo"));

        var keys = server.<Set<String>>ask(jedis -> jedis.keys("*"));

        assertThat(keys)
                .hasSize(3)
                .allMatch(key -> key.matches("shop:rate:\\{[pn][A-Za-z0-9_-]{22}}(echo)?"))
                .noneMatch(key -> key.contains("ann") || key.contains("192"));
        assertThat(keys.stream().filter(key -> key.contains("{p")).map(key -> key.replaceAll("}.*", "")))
                .hasSize(2)
                .containsOnly(keys.stream()
                        .filter(key -> key.contains("{p"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("}.*", ""));
    }

    @Test
    void expireWhenTheBucketIsFullAgain() {
        admits(ALL);
        assertThat(pttl()).isBetween(1L, Duration.ofHours(1).toMillis());

        admits(ALL);
        assertThat(pttl())
                .isBetween(Duration.ofHours(1).toMillis(), Duration.ofHours(2).toMillis());
    }

    private static long pttl() {
        return server.<Long>ask(jedis -> jedis.pttl(STORED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "nan", "-nan", "-inf", "\u0000", "{\"json\":true}", "-1e400"})
    void aForeignValueCountsAsUnusedAndIsReplaced(String foreign) {
        server.tell(jedis -> jedis.set(STORED, foreign));

        assertThat(admitted(10)).isEqualTo(3);
        assertThat(pttl()).isPositive();
    }

    @ParameterizedTest
    @CoversOutage("rate limits: Redis with a clock that jumps")
    @ValueSource(strings = {"inf", "1e300", "9999999999999999999999999999999999999999999999999999999999999999999"})
    void aTimeThatNoCallCausesLocksOutForTheOverdraftAtMost(String foreign) {
        server.tell(jedis -> jedis.set(STORED, foreign));

        assertThat(admitted(10)).isZero();

        assertThat(pttl()).isBetween(1L, Duration.ofHours(53).toMillis());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RPUSH", "SADD", "PFADD"})
    void aKeyOfAnotherTypeIsReplaced(String command) {
        server.tell(jedis -> jedis.sendCommand(() -> command.getBytes(UTF_8), STORED, "element"));

        assertThat(admitted(10)).isEqualTo(3);
    }

    @Test
    @CoversOutage("rate limits: Redis without its scripts")
    void theScriptIsSentAgainWhenRedisForgotIt() {
        assertThat(admitted(2)).isEqualTo(2);
        server.tell(Jedis::scriptFlush);

        assertThat(admitted(10)).isEqualTo(1);
    }

    @Test
    void oneCommandDecidesAboutAllKeysOfACall() {
        var charges = List.of(
                new Charge(new BucketKey(Scope.PRINCIPAL, "ann", "echo"), THREE, 1),
                new Charge(new BucketKey(Scope.PRINCIPAL, "ann", ""), THREE, 1),
                new Charge(new BucketKey(Scope.TOOL, "echo", ""), THREE, 1),
                new Charge(ALL, THREE, 1));
        redis.rateLimits().take(charges);
        long before = scriptCalls();

        redis.rateLimits().take(charges);

        assertThat(scriptCalls() - before).isEqualTo(1);
    }

    private static long scriptCalls() {
        return server.ask(jedis -> jedis.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_evalsha:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void aShortIntervalDoesNotAddUpToAnError() {
        var limit = new RateLimit(1_000_000, Duration.ofSeconds(7), 500_000);
        var first = (Admitted) redis.rateLimits().take(List.of(new Charge(ALL, limit, 1)));
        for (int i = 0; i < 1_000; i++) {
            redis.rateLimits().take(List.of(new Charge(ALL, limit, 1)));
        }

        assertThat(first.balances().getFirst()).isEqualTo(new RateLimits.Balance(1, 499_999, Duration.ZERO));
        var last = (Admitted) redis.rateLimits().take(List.of(new Charge(ALL, limit, 1)));
        assertThat(last.balances().getFirst().remaining()).isBetween(499_999L - 1_001, 499_999L);
    }
}
