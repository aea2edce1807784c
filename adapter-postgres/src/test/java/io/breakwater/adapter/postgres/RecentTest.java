package io.breakwater.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked for stays. */
class RecentTest {

    @Test
    void forOneTooManyTheOneGoesThatNobodyAskedForTheLongest() {
        Map<String, Integer> recent = Recent.atMost(2);
        recent.put("first", 1);
        recent.put("second", 2);

        assertThat(recent.get("first")).isEqualTo(1);
        recent.put("third", 3);

        assertThat(recent).containsOnlyKeys("first", "third");
    }
}
