package io.breakwater.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramBucketsTest {

    @Test
    void everyBucketHoldsExactlyWhatLiesBetweenItsFloorAndTheNext() {
        for (int bucket = 0; bucket < HistogramBuckets.COUNT - 1; bucket++) {
            assertThat(HistogramBuckets.of(HistogramBuckets.floor(bucket))).isEqualTo(bucket);
            assertThat(HistogramBuckets.of(HistogramBuckets.floor(bucket + 1) - 1))
                    .isEqualTo(bucket);
        }
    }

    @Test
    void noBucketIsWiderThanAnEighthOfWhatItHolds() {
        for (int bucket = 8; bucket < HistogramBuckets.COUNT; bucket++) {
            long width = HistogramBuckets.floor(bucket + 1) - HistogramBuckets.floor(bucket);
            assertThat(width * 8).isLessThanOrEqualTo(HistogramBuckets.floor(bucket));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 127})
    void whatIsShorterThanMeasurableCountsInTheFirst(long nanos) {
        assertThat(HistogramBuckets.of(nanos)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 37, Long.MAX_VALUE})
    void whatIsLongerThanMeasurableCountsInTheLast(long nanos) {
        assertThat(HistogramBuckets.of(nanos)).isEqualTo(HistogramBuckets.COUNT - 1);
    }
}
