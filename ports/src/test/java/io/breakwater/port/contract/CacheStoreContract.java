package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.CacheStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CacheStore} must do: return the value of a key and no other, and remove it after its TTL. It may
 * remove values earlier, but not while it is idle and has enough memory.
 */
public abstract class CacheStoreContract {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final int THREADS = 8;

    /** Creates an empty store with a capacity of some mebibytes. */
    protected abstract CacheStore make();

    /** Advances the clock of the object that {@link #make} created, without waiting. */
    protected abstract void pass(Duration time);

    @Test
    void isEmptyAtFirst() {
        assertThat(make().get("key")).isEmpty();
    }

    @Test
    void returnsStoredValues() {
        var cache = make();
        var every = new byte[256];
        IntStream.range(0, 256).forEach(i -> every[i] = (byte) i);

        cache.put("every", every, TTL);
        cache.put("none", new byte[0], TTL);
        cache.put("large", new byte[500_000], TTL);

        assertThat(cache.get("every"))
                .hasValueSatisfying(value -> assertThat(value).isEqualTo(every));
        assertThat(cache.get("none"))
                .hasValueSatisfying(value -> assertThat(value).isEmpty());
        assertThat(cache.get("large"))
                .hasValueSatisfying(value -> assertThat(value).hasSize(500_000));
    }

    @Test
    void replacesAValue() {
        var cache = make();
        cache.put("key", bytes("old"), TTL);

        cache.put("key", bytes("new"), TTL);

        assertThat(text(cache, "key")).isEqualTo("new");
    }

    @Test
    void removesAValue() {
        var cache = make();
        cache.put("key", bytes("value"), TTL);
        cache.put("other", bytes("other"), TTL);

        cache.remove("key");
        cache.remove("never there");

        assertThat(cache.get("key")).isEmpty();
        assertThat(text(cache, "other")).isEqualTo("other");
    }

    @Test
    void distinguishesSimilarKeys() {
        var cache = make();
        var keys = List.of("a", "A", "a ", "a:", "a:b", "a/b", "a*", "a\n", "ä", "a\u0308", "", "a".repeat(1_000));

        keys.forEach(key -> cache.put(key, bytes("<" + key + ">"), TTL));

        assertThat(keys).allSatisfy(key -> assertThat(text(cache, key)).isEqualTo("<" + key + ">"));
    }

    @Test
    void entriesExpireAfterTheirTtl() {
        var cache = make();
        cache.put("short", bytes("short"), TTL);
        cache.put("long", bytes("long"), TTL.multipliedBy(10));

        pass(TTL.minusMinutes(1));
        assertThat(text(cache, "short")).isEqualTo("short");

        pass(Duration.ofMinutes(2));
        assertThat(cache.get("short")).isEmpty();
        assertThat(text(cache, "long")).isEqualTo("long");
    }

    @Test
    void theTtlStartsAtTheLastPut() {
        var cache = make();
        cache.put("key", bytes("old"), TTL);
        pass(TTL.dividedBy(2));

        cache.put("key", bytes("new"), TTL);
        pass(TTL.dividedBy(2).plusSeconds(1));
        assertThat(text(cache, "key")).isEqualTo("new");

        pass(TTL);
        assertThat(cache.get("key")).isEmpty();
    }

    @Test
    void concurrentUseNeverReturnsTheValueOfAnotherKey() throws Exception {
        var cache = make();

        var wrong = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 500)
                        .filter(i -> !putGetOrRemove(cache, new Random(31L * thread + i)))
                        .count());

        assertThat(wrong).containsOnly(0L);
    }

    private static boolean putGetOrRemove(CacheStore cache, Random random) {
        var key = "key " + random.nextInt(10);
        switch (random.nextInt(4)) {
            case 0 -> cache.remove(key);
            case 1 -> cache.put(key, bytes(key + " ".repeat(random.nextInt(100))), TTL);
            default -> {
                return cache.get(key)
                        .map(value -> new String(value, UTF_8).strip().equals(key))
                        .orElse(true);
            }
        }
        return true;
    }

    private static String text(CacheStore cache, String key) {
        return cache.get(key).map(value -> new String(value, UTF_8)).orElse("(nothing)");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
