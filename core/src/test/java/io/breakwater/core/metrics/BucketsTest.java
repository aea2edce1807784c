package io.breakwater.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {

    @Test
    void everyBucketHoldsExactlyWhatLiesBetweenItsFloorAndTheNext() {
        for (int bucket = 0; bucket < Buckets.COUNT - 1; bucket++) {
            assertThat(Buckets.of(Buckets.floor(bucket))).isEqualTo(bucket);
            assertThat(Buckets.of(Buckets.floor(bucket + 1) - 1)).isEqualTo(bucket);
        }
    }

    @Test
    void noBucketIsWiderThanAnEighthOfWhatItHolds() {
        for (int bucket = 8; bucket < Buckets.COUNT; bucket++) {
            long width = Buckets.floor(bucket + 1) - Buckets.floor(bucket);
            assertThat(width * 8).isLessThanOrEqualTo(Buckets.floor(bucket));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 127})
    void whatIsShorterThanMeasurableCountsInTheFirst(long nanos) {
        assertThat(Buckets.of(nanos)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 37, Long.MAX_VALUE})
    void whatIsLongerThanMeasurableCountsInTheLast(long nanos) {
        assertThat(Buckets.of(nanos)).isEqualTo(Buckets.COUNT - 1);
    }
}
