package io.breakwater.core.data.processing;

/**
 * The limits of one check against a schema.
 *
 * @param maxValues the maximum number of values in a schema, at all levels
 * @param maxDepth the maximum nesting of a schema
 * @param maxSteps the maximum number of applications of keywords
 * @param maxNesting the maximum nesting of applications of keywords, which limits recursive schemas
 * @param maxLooks the maximum number of characters that regular expressions may read
 * @param maxListed the maximum number of violations in the list; further ones are counted
 */
public record SchemaLimits(int maxValues, int maxDepth, int maxSteps, int maxNesting, int maxLooks, int maxListed) {

    /** Refuses limits below 1. */
    public SchemaLimits {
        if (Math.min(Math.min(maxValues, maxDepth), Math.min(maxSteps, maxNesting)) < 1
                || Math.min(maxLooks, maxListed) < 1) {
            throw new IllegalArgumentException("Every limit of a schema check must be at least 1.");
        }
    }

    /**
     * Returns the defaults: 5,000 values, 64 levels, 100,000 keywords nested 256 deep, 2,000,000 characters, 100
     * violations.
     */
    public static SchemaLimits defaults() {
        return new SchemaLimits(5_000, 64, 100_000, 256, 2_000_000, 100);
    }
}
