package io.breakwater.server.settings;

/**
 * How much one call may bring along and take away.
 *
 * @param maxDataBytes the largest document, as compact JSON in UTF-8
 * @param maxDepth how deep arrays and objects of the document may nest
 * @param maxResultBytes the largest result, as compact JSON in UTF-8
 * @param maxPaths how many paths {@code analyze} reports unless its options say otherwise
 * @param maxDistinct up to how many different values of one path are told apart
 */
public record ProcessingLimits(int maxDataBytes, int maxDepth, int maxResultBytes, int maxPaths, int maxDistinct) {

    /** Refuses limits that nothing could pass. */
    public ProcessingLimits {
        if (maxDataBytes < 1 || maxDepth < 1 || maxResultBytes < 1 || maxPaths < 1 || maxDistinct < 1) {
            throw new IllegalArgumentException("every limit of data processing must be at least 1");
        }
    }

    /** 10 KiB in, 256 KiB out, 64 levels, 200 paths, 1,000 different values a path. */
    public static ProcessingLimits defaults() {
        return new ProcessingLimits(10 * 1024, 64, 256 * 1024, 200, 1_000);
    }
}
