package io.breakwater.core.data.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.recall.CacheKey;
import io.breakwater.core.business.recall.Partition;
import io.breakwater.core.business.recall.ResultSource;
import io.breakwater.port.Failure;
import io.breakwater.port.Json;
import io.breakwater.port.driven.CacheStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredResultsTest {
    private static final byte[] RESULT = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
    private static final Duration TTL = Duration.ofMinutes(5);

    private final Map<String, byte[]> stored = new HashMap<>();
    private final StoredResults results = new StoredResults(new MapStore());

    @Test
    void givesBackTheSameBytes() {
        results.put(key(1), RESULT, TTL);
        results.put(key(2), new byte[0], TTL);

        assertThat(results.find(key(1))).contains(RESULT);
        assertThat(results.find(key(2))).contains(new byte[0]);
        assertThat(results.find(key(3))).isEmpty();
    }

    @Test
    void dropsAResult() {
        results.put(key(1), RESULT, TTL);

        results.drop(key(1));

        assertThat(results.find(key(1))).isEmpty();
    }

    @Test
    void takesEveryTruncationForAMiss() {
        var whole = StoredResult.write(key(1), RESULT);

        for (int length = 0; length < whole.length; length++) {
            assertThat(StoredResult.read(key(1), java.util.Arrays.copyOf(whole, length)))
                    .isEmpty();
        }
    }

    @Test
    void takesEveryFlippedBitForAMiss() {
        var whole = StoredResult.write(key(1), RESULT);

        for (int bit = 0; bit < whole.length * 8; bit++) {
            var garbled = whole.clone();
            garbled[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(StoredResult.read(key(1), garbled)).isEmpty();
        }
    }

    @Test
    void takesAnotherKeysResultForAMiss() {
        assertThat(StoredResult.read(key(2), StoredResult.write(key(1), RESULT)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"json\":true}", "BWR1", "BWR2xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
    void takesForeignValuesForAMiss(String foreign) {
        assertThat(StoredResult.read(key(1), foreign.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void takesRandomBytesForAMiss() {
        var random = new SplittableRandom(42);
        for (int i = 0; i < 1_000; i++) {
            var bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            assertThat(StoredResult.read(key(1), bytes)).isEmpty();
        }
    }

    @Test
    void goesOnWithoutAStoreThatIsDown() {
        var down = new StoredResults(new DownStore());

        down.put(key(1), RESULT, TTL);
        down.drop(key(1));

        assertThat(down.find(key(1))).isEmpty();
    }

    private static CacheKey key(int arguments) {
        return CacheKey.of(new ResultSource("d", "", "t", "x", 0), new Partition.Shared(), Json.of(arguments));
    }

    private final class MapStore implements CacheStore {
        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(stored.get(key));
        }

        @Override
        public void put(String key, byte[] value, Duration ttl) {
            stored.put(key, value);
        }

        @Override
        public void remove(String key) {
            stored.remove(key);
        }
    }

    private static final class DownStore implements CacheStore {
        private static Failure down() {
            return new Failure.Unavailable("The cache cannot be reached.", null, null);
        }

        @Override
        public Optional<byte[]> get(String key) {
            throw down();
        }

        @Override
        public void put(String key, byte[] value, Duration ttl) {
            throw down();
        }

        @Override
        public void remove(String key) {
            throw down();
        }
    }
}
