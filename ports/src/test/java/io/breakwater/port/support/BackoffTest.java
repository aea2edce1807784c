package io.breakwater.port.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration MAX = Duration.ofMillis(300);

    @Test
    void doublesUpToTheMaximum() {
        assertThat(Stream.iterate(Duration.ofMillis(50), pause -> Backoff.next(pause, MAX))
                        .limit(5)
                        .map(Duration::toMillis))
                .containsExactly(50L, 100L, 200L, 300L, 300L);
    }

    @Test
    void drawsFromTheUpperHalf() {
        var random = new Random(1);

        assertThat(Stream.generate(() -> Backoff.jittered(MAX, random)).limit(1_000))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(150), MAX))
                .anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofMillis(170)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofMillis(280)));
    }
}
