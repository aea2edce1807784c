package io.breakwater.bootstrap.host;

import io.breakwater.sample.waiting.Eventually;
import org.junit.jupiter.api.Test;

class HeapUseTest {
    private final int bytes = (int) Math.min(Runtime.getRuntime().maxMemory() / 8, 256 << 20);
    private byte[] kept = {};

    /** What earlier tests left may become garbage between two collections, so one of several attempts must show it. */
    @Test
    void countsWhatSurvivesACollectionAndNoGarbage() {
        double half = bytes / 2.0 / Runtime.getRuntime().maxMemory();

        Eventually.holds(() -> {
            kept = new byte[0];
            double before = collected();
            kept = new byte[bytes];
            double with = collected();
            kept = new byte[0];
            double after = collected();
            return with > before + half && after < with - half;
        });
    }

    private static double collected() {
        System.gc();
        return HeapUse.share();
    }
}
