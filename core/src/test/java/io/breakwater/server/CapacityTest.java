package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.server.Capacity.Cache;
import io.breakwater.server.Capacity.Limit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final long MIB = 1L << 20;

    @Test
    void isWholeFromAHeapOf512MiB() {
        for (long heap : new long[] {512 * MIB, 4_096 * MIB}) {
            assertThat(Capacity.forHeap(heap))
                    .isEqualTo(new Capacity(
                            new Limit(30_000, 15_000),
                            Duration.ofMinutes(30),
                            new Limit(20_000, 10_000),
                            new Limit(2_000, 1_000),
                            new Cache(10_000, Math.min(100 * MIB, heap / 8))));
        }
    }

    @Test
    void followsASmallerHeap() {
        assertThat(Capacity.forHeap(64 * MIB))
                .isEqualTo(new Capacity(
                        new Limit(4_096, 2_048),
                        Duration.ofMinutes(30),
                        new Limit(2_730, 1_365),
                        new Limit(256, 128),
                        new Cache(10_000, 8 * MIB)));
    }

    @Test
    void whatClientsFillIsASixteenthOfTheHeap() {
        assertThat(Capacity.bytes(64 * MIB)).isEqualTo(4 * MIB);
    }

    @Test
    void onePrincipalMayHaveHalf() {
        assertThat(Limit.halved(10)).isEqualTo(new Limit(10, 5));
        assertThat(Limit.halved(1)).isEqualTo(new Limit(1, 1));
    }

    @Test
    void isThatOfTheHeapOfThisProcess() {
        assertThat(Capacity.STANDARD)
                .isEqualTo(Capacity.forHeap(Runtime.getRuntime().maxMemory()));
    }

    @Test
    void rejectsALimitOfZero() {
        assertThatThrownBy(() -> new Limit(1, 0)).hasMessageContaining("perPrincipal must be at least 1");
        assertThatThrownBy(() -> new Cache(0, 1)).hasMessageContaining("entries must be at least 1");
        assertThatThrownBy(() -> Capacity.STANDARD.withSessions(new Limit(1, 1), Duration.ZERO))
                .hasMessageContaining("PT0S");
    }
}
