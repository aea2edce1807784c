package io.breakwater.core.business.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultCacheTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final EntryLifetime LIFE = new EntryLifetime(TTL, Duration.ofSeconds(30), Duration.ofSeconds(90));
    private static final byte[] RESULT = {1, 2, 3};

    private final MapCacheTiers tiers = new MapCacheTiers();
    private final MapTagVersions tagVersions = new MapTagVersions();
    private Duration passed = Duration.ZERO;
    private final ResultCache resultCache = resultCache(0);

    private ResultCache resultCache(double jitter) {
        var settings = new CachePolicy("d", jitter, 10, Duration.ofSeconds(3));
        return new ResultCache(tiers, tagVersions, settings, () -> START.plus(passed), new SplittableRandom(1));
    }

    @Test
    void returnsStoredResults() throws Exception {
        var cacheSlot = resultCache.slot(question(1));

        assertThat(resultCache.getLocal(cacheSlot)).isNull();
        assertThat(resultCache.put(cacheSlot, RESULT)).isTrue();

        assertThat(requireNonNull(resultCache.getLocal(cacheSlot)).result()).isEqualTo(RESULT);
        assertThat(resultCache.getLocal(resultCache.slot(question(2)))).isNull();
    }

    @Test
    void aResultIsFreshThenStaleThenALastResortThenNothing() throws Exception {
        var cacheSlot = resultCache.slot(question(1));
        resultCache.put(cacheSlot, RESULT);

        assertThat(freshnessAfter(cacheSlot, TTL.minusMillis(1))).isEqualTo(Freshness.FRESH);
        assertThat(freshnessAfter(cacheSlot, TTL)).isEqualTo(Freshness.STALE);
        assertThat(freshnessAfter(cacheSlot, TTL.plusSeconds(30))).isEqualTo(Freshness.STALE_IF_ERROR);
        assertThat(freshnessAfter(cacheSlot, TTL.plusSeconds(90))).isEqualTo(Freshness.EXPIRED);
    }

    private Freshness freshnessAfter(CacheSlot cacheSlot, Duration time) {
        passed = time;
        var found = resultCache.getLocal(cacheSlot);
        return found == null ? Freshness.EXPIRED : found.freshness();
    }

    @Test
    void anEntryExpiresAfterItsLastUsableTime() throws Exception {
        var cacheSlot = resultCache.slot(question(1));

        resultCache.put(cacheSlot, RESULT);

        assertThat(requireNonNull(tiers.entries.get(cacheSlot.key())).expiresAt())
                .isEqualTo(START.plus(TTL).plusSeconds(90).toEpochMilli());
    }

    @Test
    void spreadsTheEndsOfLivesOverTheLastTenth() throws Exception {
        var jittery = resultCache(0.1);
        for (int i = 0; i < 500; i++) {
            jittery.put(jittery.slot(question(i)), RESULT);
        }

        var lives = tiers.entries.values().stream()
                .map(entries -> Duration.between(START, Instant.ofEpochMilli(entries.freshUntil())))
                .toList();
        assertThat(lives).allSatisfy(life -> assertThat(life).isBetween(Duration.ofSeconds(270), TTL));
        assertThat(lives.stream().distinct().count()).isGreaterThan(400);
    }

    @Test
    void doesNotKeepWhatIsTooLarge() throws Exception {
        assertThat(resultCache.put(resultCache.slot(question(1)), new byte[11])).isFalse();

        assertThat(tiers.entries).isEmpty();
        assertThat(tiers.givenUp).isEqualTo(1);
    }

    @Test
    void whatIsInvalidatedIsNotFoundAgain() throws Exception {
        var cacheSlot = resultCache.slot(question(1, "a", "b"));
        resultCache.put(cacheSlot, RESULT);

        resultCache.invalidate(Set.of("b", "c"));

        assertThat(resultCache.getLocal(resultCache.slot(question(1, "a", "b"))))
                .isNull();
    }

    @Test
    void whatCarriesOtherTagsIsFoundStill() throws Exception {
        resultCache.put(resultCache.slot(question(1, "a")), RESULT);

        resultCache.invalidate(Set.of("b"));

        assertThat(resultCache.getLocal(resultCache.slot(question(1, "a")))).isNotNull();
    }

    @Test
    void everythingTaggedCanBeInvalidatedAtOnce() throws Exception {
        resultCache.put(resultCache.slot(question(1, "a")), RESULT);

        resultCache.invalidateAll();

        assertThat(resultCache.getLocal(resultCache.slot(question(1, "a")))).isNull();
    }

    @Test
    void doesNotKeepWhatWasInvalidatedWhileItWasMade() throws Exception {
        var cacheSlot = resultCache.slot(question(1, "a"));

        resultCache.invalidate(Set.of("a"));

        assertThat(resultCache.put(cacheSlot, RESULT)).isFalse();
        assertThat(tiers.entries).isEmpty();
    }

    @Test
    void theOrderOfTagsDoesNotMatter() throws Exception {
        resultCache.put(resultCache.slot(question(1, "a", "b", "c")), RESULT);

        assertThat(resultCache.getLocal(resultCache.slot(question(1, "c", "a", "b"))))
                .isNotNull();
    }

    private CacheRequest question(int arguments, String... tags) {
        var source = new ResultSource("d", "", "t", "x", 0);
        return new CacheRequest(
                source, new CachePartition.Shared(), Json.of(arguments), resultCache.tags(Set.of(tags)), LIFE);
    }

    private static final class MapCacheTiers implements CacheTiers {
        private final Map<CacheKey, CacheEntry> entries = new HashMap<>();
        private int givenUp;

        @Override
        public @Nullable CacheEntry getLocal(CacheKey key) {
            return entries.get(key);
        }

        @Override
        public boolean hasSharedTier() {
            return false;
        }

        @Override
        public @Nullable CacheEntry getShared(CacheKey key, Predicate<CacheEntry> wanted, Duration patience) {
            return null;
        }

        @Override
        public boolean tryLease(CacheKey key, Predicate<CacheEntry> wanted) {
            return true;
        }

        @Override
        public void put(CacheKey key, CacheEntry result) {
            entries.put(key, result);
        }

        @Override
        public void clearLocal() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void releaseLease(CacheKey key) {
            givenUp++;
        }
    }

    private static final class MapTagVersions implements TagVersionSource {
        private final Map<TagId, Long> numbers = new HashMap<>();

        @Override
        public TagVersions getIfKnown(List<TagId> tags) {
            return new TagVersions(
                    tags,
                    tags.stream()
                            .mapToLong(tag -> numbers.getOrDefault(tag, 0L))
                            .toArray());
        }

        @Override
        public TagVersions fetch(List<TagId> tags) {
            return getIfKnown(tags);
        }

        @Override
        public boolean unchanged(TagVersions generations) {
            return getIfKnown(generations.tags()).equals(generations);
        }

        @Override
        public void increment(Set<TagId> tags) {
            tags.forEach(tag -> numbers.merge(tag, 1L, Long::sum));
        }
    }
}
