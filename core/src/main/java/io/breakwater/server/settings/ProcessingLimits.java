package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.positive;

/**
 * The limits of one call.
 *
 * @param maxDataBytes the maximum size of a document, in bytes of compact JSON in UTF-8
 * @param maxDepth the maximum nesting of arrays and objects in the document
 * @param maxResultBytes the maximum size of a result, in bytes of compact JSON in UTF-8
 * @param maxPaths the default number of paths that {@code analyze} reports
 * @param maxDistinct the maximum number of different values that are counted for a path
 */
public record ProcessingLimits(int maxDataBytes, int maxDepth, int maxResultBytes, int maxPaths, int maxDistinct) {

    /** Refuses limits below 1. */
    public ProcessingLimits {
        positive(maxDataBytes, "ProcessingLimits.maxDataBytes");
        positive(maxDepth, "ProcessingLimits.maxDepth");
        positive(maxResultBytes, "ProcessingLimits.maxResultBytes");
        positive(maxPaths, "ProcessingLimits.maxPaths");
        positive(maxDistinct, "ProcessingLimits.maxDistinct");
    }

    /**
     * Returns the defaults: 10 KiB of data, a result of 256 KiB, 64 levels, 200 paths, and 1,000 different values for
     * each path.
     */
    public static ProcessingLimits defaults() {
        return new ProcessingLimits(10 * 1024, 64, 256 * 1024, 200, 1_000);
    }
}
