package io.breakwater.core.metrics;

/**
 * Where a duration is counted. Buckets grow with what they hold: each power of two of nanoseconds, from 2¹⁰ (a
 * microsecond) to 2³⁷ (two minutes), is cut into eight of equal width, so a duration read back from its bucket is wrong
 * by at most an eighth. Below lie eight more of 128 ns; what is longer counts in the last. The idea is that of
 * HdrHistogram; finding the bucket is a few shifts.
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

    /** The shortest duration of a bucket; that of the next one is where it ends. */
    static long floor(int bucket) {
        if (bucket < PARTS) {
            return (long) bucket << (FIRST_EXPONENT - PARTS_LOG);
        }
        int exponent = bucket / PARTS + FIRST_EXPONENT - 1;
        return (long) (PARTS + bucket % PARTS) << (exponent - PARTS_LOG);
    }
}
