package io.breakwater.core.data.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.contract.CacheStoreContract;
import io.breakwater.port.driven.CacheStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryCacheStoreTest extends CacheStoreContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final byte[] VALUE = {1, 2, 3};

    private final AtomicLong now = new AtomicLong();

    @Override
    protected CacheStore make() {
        return store(1_000, 10 << 20);
    }

    @Override
    protected void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void readingDoesNotProlongALife() {
        var store = store(100, 1 << 20);
        store.put("key", VALUE, Duration.ofSeconds(2));
        pass(Duration.ofSeconds(1));
        store.get("key");

        pass(Duration.ofMillis(1_001));

        assertThat(store.get("key")).isEmpty();
    }

    @Test
    void keepsNothingForNoTime() {
        var store = store(100, 1 << 20);
        store.put("key", VALUE, LONG);

        store.put("key", VALUE, Duration.ZERO);

        assertThat(store.get("key")).isEmpty();
    }

    @Test
    void neverHoldsMoreEntriesThanAllowed() {
        var store = store(50, 1 << 20);

        IntStream.range(0, 1_000).forEach(i -> store.put("key" + i, VALUE, LONG));

        assertThat(held(store, 1_000)).isBetween(1L, 50L);
    }

    @Test
    void neverHoldsMoreBytesThanAllowed() {
        var store = store(1_000, 100_000);

        IntStream.range(0, 100).forEach(i -> store.put("key" + i, new byte[10_000], LONG));
        store.put("giant", new byte[200_000], LONG);

        assertThat(held(store, 100)).isBetween(1L, 9L);
        assertThat(store.get("giant")).isEmpty();
    }

    @Test
    void refusesToHoldNothing() {
        assertThatThrownBy(() -> new MemoryCacheSettings(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long held(MemoryCacheStore store, int keys) {
        return IntStream.range(0, keys)
                .filter(i -> store.get("key" + i).isPresent())
                .count();
    }

    private MemoryCacheStore store(int maxEntries, long maxBytes) {
        return new MemoryCacheStore(new MemoryCacheSettings(maxEntries, maxBytes), Runnable::run, now::get);
    }
}
