package io.breakwater.core.data.processing;

import java.time.Duration;

/**
 * The bounds of one transform. The first that is reached ends it.
 *
 * @param maxExpressionChars the longest expression
 * @param maxSteps how many evaluations of a part of the expression; the same on every machine, so that an expression
 *     that fits fits everywhere
 * @param maxDepth how deeply evaluations may nest, which bounds recursion
 * @param maxValueSize the largest value an expression may make on its way, in characters of JSON or so
 * @param maxProduced how much all values made on the way may come to, in the same measure
 * @param maxTime how long it may take, whatever the steps
 */
public record TransformLimits(
        int maxExpressionChars, int maxSteps, int maxDepth, int maxValueSize, int maxProduced, Duration maxTime) {

    private static final int USUAL_VALUE = 256 << 10;
    private static final int MADE_PER_VALUE = 64;

    /** Refuses limits that nothing could pass. */
    public TransformLimits {
        if (maxExpressionChars < 1 || maxSteps < 1 || maxDepth < 1 || maxValueSize < 1 || maxProduced < 1) {
            throw new IllegalArgumentException("every limit of a transform must be at least 1");
        }
        if (!maxTime.isPositive()) {
            throw new IllegalArgumentException("a transform needs some time: " + maxTime);
        }
    }

    /** 4,096 characters, 200,000 steps, 400 levels, values of 256 Ki, 16 Mi in all, 1 s. */
    public static TransformLimits defaults() {
        return new TransformLimits(
                4_096, 200_000, 400, USUAL_VALUE, MADE_PER_VALUE * USUAL_VALUE, Duration.ofSeconds(1));
    }

    /** The same, but values may be four times as large as the largest document where that is more. */
    public static TransformLimits forDocumentsOf(int bytes) {
        var usual = defaults();
        int value = Math.clamp(4L * bytes, USUAL_VALUE, Integer.MAX_VALUE / MADE_PER_VALUE);
        return new TransformLimits(
                usual.maxExpressionChars, usual.maxSteps, usual.maxDepth, value, MADE_PER_VALUE * value, usual.maxTime);
    }
}
