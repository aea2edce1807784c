package io.breakwater.adapter.postgres.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the number of entries, and which ones are evicted. */
class LruMapTest {
    private final Map<Integer, Integer> recent = LruMap.atMost(100);

    @Test
    void noMoreThanTheLimitAreKept() {
        for (int i = 0; i < 10_000; i++) {
            recent.put(i, i);
        }

        assertThat(recent.size()).isBetween(1, 100);
    }

    @Test
    void whatIsAskedForStays() {
        recent.put(-1, -1);
        for (int i = 0; i < 10_000; i++) {
            recent.put(i, i);
            assertThat(recent.get(-1)).isEqualTo(-1);
        }
    }
}
