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

    private final MapShelf shelf = new MapShelf();
    private final MapBook book = new MapBook();
    private Duration passed = Duration.ZERO;
    private final ResultCache recall = recall(0);

    private ResultCache recall(double jitter) {
        var settings = new CachePolicy("d", jitter, 10, Duration.ofSeconds(3));
        return new ResultCache(shelf, book, settings, () -> START.plus(passed), new SplittableRandom(1));
    }

    @Test
    void givesBackWhatItKept() throws Exception {
        var place = recall.slot(question(1));

        assertThat(recall.getLocal(place)).isNull();
        assertThat(recall.put(place, RESULT)).isTrue();

        assertThat(requireNonNull(recall.getLocal(place)).result()).isEqualTo(RESULT);
        assertThat(recall.getLocal(recall.slot(question(2)))).isNull();
    }

    @Test
    void aResultIsFreshThenStaleThenALastResortThenNothing() throws Exception {
        var place = recall.slot(question(1));
        recall.put(place, RESULT);

        assertThat(freshnessAfter(place, TTL.minusMillis(1))).isEqualTo(Freshness.FRESH);
        assertThat(freshnessAfter(place, TTL)).isEqualTo(Freshness.STALE);
        assertThat(freshnessAfter(place, TTL.plusSeconds(30))).isEqualTo(Freshness.STALE_IF_ERROR);
        assertThat(freshnessAfter(place, TTL.plusSeconds(90))).isEqualTo(Freshness.EXPIRED);
    }

    private Freshness freshnessAfter(CacheSlot place, Duration time) {
        passed = time;
        var found = recall.getLocal(place);
        return found == null ? Freshness.EXPIRED : found.freshness();
    }

    @Test
    void isKeptUntilItIsOfNoUseToAnybody() throws Exception {
        var place = recall.slot(question(1));

        recall.put(place, RESULT);

        assertThat(requireNonNull(shelf.kept.get(place.key())).expiresAt())
                .isEqualTo(START.plus(TTL).plusSeconds(90).toEpochMilli());
    }

    @Test
    void spreadsTheEndsOfLivesOverTheLastTenth() throws Exception {
        var jittery = recall(0.1);
        for (int i = 0; i < 500; i++) {
            jittery.put(jittery.slot(question(i)), RESULT);
        }

        var lives = shelf.kept.values().stream()
                .map(kept -> Duration.between(START, Instant.ofEpochMilli(kept.freshUntil())))
                .toList();
        assertThat(lives).allSatisfy(life -> assertThat(life).isBetween(Duration.ofSeconds(270), TTL));
        assertThat(lives.stream().distinct().count()).isGreaterThan(400);
    }

    @Test
    void doesNotKeepWhatIsTooLarge() throws Exception {
        assertThat(recall.put(recall.slot(question(1)), new byte[11])).isFalse();

        assertThat(shelf.kept).isEmpty();
        assertThat(shelf.givenUp).isEqualTo(1);
    }

    @Test
    void whatIsInvalidatedIsNotFoundAgain() throws Exception {
        var place = recall.slot(question(1, "a", "b"));
        recall.put(place, RESULT);

        recall.invalidate(Set.of("b", "c"));

        assertThat(recall.getLocal(recall.slot(question(1, "a", "b")))).isNull();
    }

    @Test
    void whatCarriesOtherTagsIsFoundStill() throws Exception {
        recall.put(recall.slot(question(1, "a")), RESULT);

        recall.invalidate(Set.of("b"));

        assertThat(recall.getLocal(recall.slot(question(1, "a")))).isNotNull();
    }

    @Test
    void everythingTaggedCanBeInvalidatedAtOnce() throws Exception {
        recall.put(recall.slot(question(1, "a")), RESULT);

        recall.invalidateAll();

        assertThat(recall.getLocal(recall.slot(question(1, "a")))).isNull();
    }

    @Test
    void doesNotKeepWhatWasInvalidatedWhileItWasMade() throws Exception {
        var place = recall.slot(question(1, "a"));

        recall.invalidate(Set.of("a"));

        assertThat(recall.put(place, RESULT)).isFalse();
        assertThat(shelf.kept).isEmpty();
    }

    @Test
    void theOrderOfTagsDoesNotMatter() throws Exception {
        recall.put(recall.slot(question(1, "a", "b", "c")), RESULT);

        assertThat(recall.getLocal(recall.slot(question(1, "c", "a", "b")))).isNotNull();
    }

    private CacheRequest question(int arguments, String... tags) {
        var source = new ResultSource("d", "", "t", "x", 0);
        return new CacheRequest(
                source, new CachePartition.Shared(), Json.of(arguments), recall.tags(Set.of(tags)), LIFE);
    }

    private static final class MapShelf implements CacheTiers {
        private final Map<CacheKey, CacheEntry> kept = new HashMap<>();
        private int givenUp;

        @Override
        public @Nullable CacheEntry getLocal(CacheKey key) {
            return kept.get(key);
        }

        @Override
        public boolean hasRemote() {
            return false;
        }

        @Override
        public @Nullable CacheEntry getRemote(CacheKey key, Predicate<CacheEntry> wanted, Duration patience) {
            return null;
        }

        @Override
        public boolean tryLease(CacheKey key, Predicate<CacheEntry> wanted) {
            return true;
        }

        @Override
        public void put(CacheKey key, CacheEntry result) {
            kept.put(key, result);
        }

        @Override
        public void releaseLease(CacheKey key) {
            givenUp++;
        }
    }

    private static final class MapBook implements TagVersionSource {
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
