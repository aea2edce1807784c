package io.breakwater.core.metrics;

/**
 * The buckets for durations. Their width grows with the duration: each power of two of nanoseconds, from 2¹⁰ (a
 * microsecond) to 2³⁷ (two minutes), has eight buckets of equal width, so that a duration taken from its bucket differs
 * by at most an eighth. Eight more buckets of 128 ns cover shorter durations; longer ones are counted in the last
 * bucket. The method is that of HdrHistogram; finding a bucket takes a few shifts.
 */
final class HistogramBuckets {
    private static final int PARTS_LOG = 3;
    private static final int PARTS = 1 << PARTS_LOG;
    private static final int FIRST_EXPONENT = 10;
    private static final int LAST_EXPONENT = 36;

    static final int COUNT = PARTS * (LAST_EXPONENT - FIRST_EXPONENT + 2);

    private HistogramBuckets() {}

    static int of(long nanos) {
        if (nanos < 1L << FIRST_EXPONENT) {
            return (int) (Math.max(nanos, 0) >>> (FIRST_EXPONENT - PARTS_LOG));
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        if (exponent > LAST_EXPONENT) {
            return COUNT - 1;
        }
        int part = (int) (nanos >>> (exponent - PARTS_LOG)) & (PARTS - 1);
        return PARTS * (exponent - FIRST_EXPONENT + 1) + part;
    }

    /** Returns the shortest duration of a bucket in nanoseconds; the bucket ends where the next one begins. */
    static long floor(int bucket) {
        if (bucket < PARTS) {
            return (long) bucket << (FIRST_EXPONENT - PARTS_LOG);
        }
        int exponent = bucket / PARTS + FIRST_EXPONENT - 1;
        return (long) (PARTS + bucket % PARTS) << (exponent - PARTS_LOG);
    }
}
