package io.breakwater.core.data.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.cache.CacheEntry;
import io.breakwater.core.business.cache.CacheKey;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalTierTest {
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final ManualExecutors executors = new ManualExecutors();
    private final ServerMetrics meters = ServerMetrics.standalone(executors);

    @Test
    void givesBackWhatWasPut() {
        var tier = tier(100, 1 << 20);

        tier.put(key(1), kept(3, LIFE));

        assertThat(requireNonNull(tier.get(key(1))).result()).hasSize(3);
        assertThat(tier.get(key(2))).isNull();
    }

    @Test
    void forgetsInTime() {
        var tier = tier(100, 1 << 20);
        tier.put(key(1), kept(3, LIFE));

        executors.pass(LIFE.minusMillis(1));
        assertThat(tier.get(key(1))).isNotNull();

        executors.pass(Duration.ofMillis(2));
        assertThat(tier.get(key(1))).isNull();
    }

    @Test
    void aFresherResultStays() {
        var tier = tier(100, 1 << 20);
        tier.put(key(1), kept(3, LIFE));

        tier.put(key(1), kept(5, LIFE.minusSeconds(1)));
        assertThat(requireNonNull(tier.get(key(1))).result()).hasSize(3);

        tier.put(key(1), kept(7, LIFE.plusSeconds(1)));
        assertThat(requireNonNull(tier.get(key(1))).result()).hasSize(7);
    }

    @Test
    void neverHoldsMoreEntriesThanAllowed() {
        var tier = tier(50, 1 << 20);

        IntStream.range(0, 1_000).forEach(i -> tier.put(key(i), kept(3, LIFE)));
        executors.runAll();

        assertThat(held(tier, 1_000)).isBetween(1L, 50L);
    }

    @Test
    void neverHoldsMoreBytesThanAllowed() {
        var tier = tier(1_000, 100_000);

        IntStream.range(0, 100).forEach(i -> tier.put(key(i), kept(10_000, LIFE)));
        tier.put(key(-1), kept(200_000, LIFE));
        executors.runAll();

        assertThat(held(tier, 100)).isBetween(1L, 9L);
        assertThat(tier.get(key(-1))).isNull();
    }

    @Test
    void countsWhatItTakesOut() {
        var tier = tier(50, 1 << 20);

        IntStream.range(0, 200).forEach(i -> tier.put(key(i), kept(3, LIFE)));
        executors.runAll();

        var operations = meters.report().caches().getFirst().operations();
        assertThat(operations.get("write")).isEqualTo(200);
        assertThat(operations.get("eviction")).isGreaterThanOrEqualTo(150);
    }

    @Test
    void forgetsEverythingWhenTold() {
        var tier = tier(100, 1 << 20);
        tier.put(key(1), kept(3, LIFE));

        tier.clear();

        assertThat(tier.get(key(1))).isNull();
    }

    private static long held(LocalTier tier, int keys) {
        return IntStream.range(0, keys).filter(i -> tier.get(key(i)) != null).count();
    }

    private LocalTier tier(int maxEntries, long maxBytes) {
        return new LocalTier(maxEntries, maxBytes, executors, meters.cache("memory"));
    }

    private static CacheKey key(int number) {
        return new CacheKey(number, 0, 0, 0);
    }

    private CacheEntry kept(int bytes, Duration life) {
        long until = executors.clock().instant().plus(life).toEpochMilli();
        return new CacheEntry(new byte[bytes], until, until);
    }
}
