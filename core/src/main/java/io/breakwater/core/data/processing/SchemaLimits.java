package io.breakwater.core.data.processing;

/**
 * The bounds of one check against a schema.
 *
 * @param maxValues how many values a schema may hold, itself and all within it
 * @param maxDepth how deep it may nest
 * @param maxSteps how many keywords may be applied
 * @param maxNesting how deeply the application of keywords may nest, which bounds recursive schemas
 * @param maxLooks how many characters regular expressions may look at
 * @param maxListed how many violations are listed; more are counted
 */
public record SchemaLimits(int maxValues, int maxDepth, int maxSteps, int maxNesting, int maxLooks, int maxListed) {

    /** Refuses limits that nothing could pass. */
    public SchemaLimits {
        if (Math.min(Math.min(maxValues, maxDepth), Math.min(maxSteps, maxNesting)) < 1
                || Math.min(maxLooks, maxListed) < 1) {
            throw new IllegalArgumentException("every limit of a schema check must be at least 1");
        }
    }

    /** 5,000 values, 64 levels, 100,000 keywords nested 256 deep, 2,000,000 characters, 100 violations. */
    public static SchemaLimits defaults() {
        return new SchemaLimits(5_000, 64, 100_000, 256, 2_000_000, 100);
    }
}
