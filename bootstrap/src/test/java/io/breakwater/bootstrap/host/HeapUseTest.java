package io.breakwater.bootstrap.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapUseTest {
    private final int bytes = (int) Math.min(Runtime.getRuntime().maxMemory() / 8, 256 << 20);
    private byte[] kept = {};

    @Test
    void countsWhatSurvivesACollectionAndNoGarbage() {
        double before = collected();
        kept = new byte[bytes];
        double with = collected();
        assertThat(kept).hasSize(bytes);
        kept = new byte[0];
        double after = collected();

        double half = bytes / 2.0 / Runtime.getRuntime().maxMemory();
        assertThat(with).isGreaterThan(before + half);
        assertThat(after).isLessThan(with - half);
    }

    private static double collected() {
        System.gc();
        return HeapUse.share();
    }
}
