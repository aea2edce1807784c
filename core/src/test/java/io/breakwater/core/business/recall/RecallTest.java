package io.breakwater.core.business.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecallTest {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final byte[] RESULT = {1, 2, 3};

    private final Map<CacheKey, byte[]> kept = new HashMap<>();
    private final Map<CacheKey, Duration> lives = new HashMap<>();
    private final Recall recall = new Recall(new MapShelf(), new RecallSettings(0.1, 10), new SplittableRandom(1));

    @Test
    void givesBackWhatItKept() {
        var key = key(1);

        assertThat(recall.lookup(key)).isEmpty();
        assertThat(recall.keep(key, RESULT, TTL)).isTrue();

        assertThat(recall.lookup(key)).contains(RESULT);
        assertThat(recall.lookup(key(2))).isEmpty();
    }

    @Test
    void forgetsWhenTold() {
        recall.keep(key(1), RESULT, TTL);

        recall.forget(key(1));

        assertThat(recall.lookup(key(1))).isEmpty();
    }

    @Test
    void spreadsTheEndsOfLivesOverTheLastTenth() {
        for (int i = 0; i < 500; i++) {
            recall.keep(key(i), RESULT, TTL);
        }

        assertThat(lives.values()).allSatisfy(life -> assertThat(life).isBetween(Duration.ofSeconds(270), TTL));
        assertThat(lives.values().stream().distinct().count()).isGreaterThan(400);
    }

    @Test
    void doesNotKeepWhatIsTooLarge() {
        assertThat(recall.keep(key(1), new byte[11], TTL)).isFalse();

        assertThat(kept).isEmpty();
    }

    @Test
    void hasTheDocumentedPolicy() {
        assertThat(RecallSettings.defaults()).isEqualTo(new RecallSettings(0.1, 1_048_576));
        assertThatThrownBy(() -> new RecallSettings(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecallSettings(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static CacheKey key(int arguments) {
        return CacheKey.of(new ResultSource("d", "", "t", "x", 0), new Partition.Shared(), Json.of(arguments));
    }

    private final class MapShelf implements ResultShelf {
        @Override
        public Optional<byte[]> find(CacheKey key) {
            return Optional.ofNullable(kept.get(key));
        }

        @Override
        public void put(CacheKey key, byte[] result, Duration ttl) {
            kept.put(key, result);
            lives.put(key, ttl);
        }

        @Override
        public void drop(CacheKey key) {
            kept.remove(key);
        }
    }
}
