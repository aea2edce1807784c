package io.breakwater.core.data.processing;

import java.time.Duration;

/**
 * The limits of one transform. The first limit that is exceeded ends it.
 *
 * @param maxExpressionChars the maximum length of an expression in characters
 * @param maxSteps the maximum number of evaluations of parts of the expression; the same on every machine, so that an
 *     accepted expression works everywhere
 * @param maxDepth the maximum nesting of evaluations, which limits recursion
 * @param maxValueSize the maximum size of a value that an expression creates, in approximate characters of JSON
 * @param maxProduced the maximum total size of all created values, in the same unit
 * @param maxTime the maximum duration, independent of the steps
 */
public record TransformLimits(
        int maxExpressionChars, int maxSteps, int maxDepth, int maxValueSize, int maxProduced, Duration maxTime) {

    private static final int DEFAULT_VALUE_SIZE = 256 << 10;
    private static final int TOTAL_PER_VALUE = 64;

    /** Refuses limits that are not positive. */
    public TransformLimits {
        if (maxExpressionChars < 1 || maxSteps < 1 || maxDepth < 1 || maxValueSize < 1 || maxProduced < 1) {
            throw new IllegalArgumentException("Every limit of a transform must be at least 1.");
        }
        if (!maxTime.isPositive()) {
            throw new IllegalArgumentException(
                    "The time limit of a transform must be positive, but is " + maxTime + ".");
        }
    }

    /** Returns the defaults: 4,096 characters, 200,000 steps, 400 levels, values of 256 Ki, 16 Mi in total, 1 s. */
    public static TransformLimits defaults() {
        return new TransformLimits(
                4_096, 200_000, 400, DEFAULT_VALUE_SIZE, TOTAL_PER_VALUE * DEFAULT_VALUE_SIZE, Duration.ofSeconds(1));
    }

    /** Returns the defaults, but with values of up to four times the largest document if that is more. */
    public static TransformLimits forDocumentsOf(int bytes) {
        var defaults = defaults();
        int value = Math.clamp(4L * bytes, DEFAULT_VALUE_SIZE, Integer.MAX_VALUE / TOTAL_PER_VALUE);
        return new TransformLimits(
                defaults.maxExpressionChars,
                defaults.maxSteps,
                defaults.maxDepth,
                value,
                TOTAL_PER_VALUE * value,
                defaults.maxTime);
    }
}
