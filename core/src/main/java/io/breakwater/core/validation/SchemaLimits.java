package io.breakwater.core.validation;

/**
 * The limits of a schema and of one check against it.
 *
 * @param maxValues the maximum number of values in a schema, at all levels
 * @param maxDepth the maximum nesting of a schema
 * @param maxSteps the maximum number of applications of keywords
 * @param maxNesting the maximum nesting of applications of keywords, which limits recursive schemas
 * @param maxCharsRead the maximum number of characters that regular expressions may read
 * @param maxListed the maximum number of violations in the list
 */
public record SchemaLimits(int maxValues, int maxDepth, int maxSteps, int maxNesting, int maxCharsRead, int maxListed) {
    private static final SchemaLimits FOR_AUTHORS = new SchemaLimits(50_000, 64, 5_000_000, 400, 3_000_000, 50);

    /** Refuses limits below 1. */
    public SchemaLimits {
        if (Math.min(Math.min(maxValues, maxDepth), Math.min(maxSteps, maxNesting)) < 1
                || Math.min(maxCharsRead, maxListed) < 1) {
            throw new IllegalArgumentException("Every limit of a schema check must be at least 1.");
        }
    }

    /**
     * Returns the limits for schemas of callers: 5,000 values, 64 levels, 100,000 keywords nested 256 deep, 2,000,000
     * characters, 100 violations.
     */
    public static SchemaLimits defaults() {
        return new SchemaLimits(5_000, 64, 100_000, 256, 2_000_000, 100);
    }

    /**
     * Returns the limits for schemas of tools: 50,000 values, 64 levels, 5,000,000 keywords nested 400 deep, 3,000,000
     * characters, 50 violations.
     */
    static SchemaLimits forAuthors() {
        return FOR_AUTHORS;
    }
}
