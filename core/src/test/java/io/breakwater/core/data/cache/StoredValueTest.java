package io.breakwater.core.data.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.cache.CacheEntry;
import io.breakwater.core.business.cache.CacheKey;
import io.breakwater.core.business.cache.TagId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredValueTest {
    private static final CacheKey KEY = new CacheKey(1, -2, 3, -4);
    private static final CacheKey OTHER = new CacheKey(1, -3, 3, -4);
    private static final TagId TAG = TagId.of("shop", "order:1");
    private static final CacheEntry KEPT = new CacheEntry("{\"ok\":true}".getBytes(StandardCharsets.UTF_8), 17, 42);
    private static final int ENOUGH = 100;

    @Test
    void readsWhatItWrote() {
        var read = requireNonNull(StoredResult.read(KEY, StoredResult.write(KEY, KEPT), ENOUGH));

        assertThat(read.result()).isEqualTo(KEPT.result());
        assertThat(List.of(read.freshUntil(), read.expiresAt())).containsExactly(17L, 42L);
        assertThat(StoredTagVersion.read(TAG, StoredTagVersion.write(TAG, -7))).isEqualTo(-7);
        assertThat(TagMessage.read(TagMessage.write(List.of(TAG, TagId.all("shop")))))
                .containsExactly(TAG, TagId.all("shop"));
    }

    @Test
    void takesEveryTruncationForAMiss() {
        var whole = StoredResult.write(KEY, KEPT);

        for (int length = 0; length < whole.length; length++) {
            assertThat(StoredResult.read(KEY, Arrays.copyOf(whole, length), ENOUGH))
                    .isNull();
        }
    }

    @Test
    void takesEveryFlippedBitForAMiss() {
        var whole = StoredResult.write(KEY, KEPT);

        for (int bit = 0; bit < whole.length * 8; bit++) {
            var garbled = whole.clone();
            garbled[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(StoredResult.read(KEY, garbled, ENOUGH)).isNull();
        }
    }

    @Test
    void takesAnotherKeysValueForAMiss() {
        assertThat(StoredResult.read(OTHER, StoredResult.write(KEY, KEPT), ENOUGH))
                .isNull();
        assertThat(StoredTagVersion.read(TagId.of("mall", "order:1"), StoredTagVersion.write(TAG, 1)))
                .isNull();
        assertThat(StoredResult.read(TAG.digest(), StoredTagVersion.write(TAG, 1), ENOUGH))
                .isNull();
    }

    @Test
    void takesWhatIsLargerThanAnythingWeKeepForAMiss() {
        assertThat(StoredResult.read(KEY, StoredResult.write(KEY, KEPT), KEPT.result().length - 1))
                .isNull();
        assertThat(StoredResult.read(KEY, StoredResult.write(KEY, KEPT), KEPT.result().length))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"json\":true}", "BWR2", "BWR1xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "BWT1xxxx"})
    void takesForeignValuesForAMiss(String foreign) {
        var bytes = foreign.getBytes(StandardCharsets.UTF_8);

        assertThat(StoredResult.read(KEY, bytes, ENOUGH)).isNull();
        assertThat(StoredTagVersion.read(TAG, bytes)).isNull();
        assertThat(TagMessage.read(bytes)).isNull();
    }

    @Test
    void takesRandomBytesForAMiss() {
        var random = new SplittableRandom(42);
        for (int i = 0; i < 1_000; i++) {
            var bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            assertThat(StoredResult.read(KEY, bytes, ENOUGH)).isNull();
            assertThat(StoredTagVersion.read(TAG, bytes)).isNull();
        }
    }

    @Test
    void namesHoldNothingOfWhatTheyStandFor() {
        assertThat(StoredResult.name(KEY)).matches("result:[0-9a-f]{64}");
        assertThat(StoredTagVersion.name(TAG)).matches("tag:[0-9a-f]{64}").doesNotContain("order");
    }
}
