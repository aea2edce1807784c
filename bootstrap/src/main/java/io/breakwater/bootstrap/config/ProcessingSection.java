package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.ProcessingLimits;

/** Reads {@link ProcessingLimits} from a configuration. */
final class ProcessingSection {
    private static final ProcessingLimits STANDARD = ProcessingLimits.defaults();

    private static final Setting<Long> DATA_BYTES = Setting.size("data-bytes", 1, 64 << 20)
            .byDefault((long) STANDARD.maxDataBytes())
            .description("The largest document, as compact JSON.");

    private static final Setting<Integer> DEPTH = Setting.whole("depth", 1, 1_000)
            .byDefault(STANDARD.maxDepth())
            .description("How deep arrays and objects of the document may be nested.");

    private static final Setting<Long> RESULT_BYTES = Setting.size("result-bytes", 1, 64 << 20)
            .byDefault((long) STANDARD.maxResultBytes())
            .description("The largest result, as compact JSON.");

    private static final Setting<Integer> PATHS = Setting.atLeast("paths", 1)
            .byDefault(STANDARD.maxPaths())
            .description("How many paths `analyze` reports by default.");

    private static final Setting<Integer> DISTINCT = Setting.atLeast("distinct", 1)
            .byDefault(STANDARD.maxDistinct())
            .description("The maximum number of distinct values that are counted for one path.");

    private ProcessingSection() {}

    static ProcessingLimits read(SectionReader processing) {
        return new ProcessingLimits(
                Math.toIntExact(processing.get(DATA_BYTES)),
                processing.get(DEPTH),
                Math.toIntExact(processing.get(RESULT_BYTES)),
                processing.get(PATHS),
                processing.get(DISTINCT));
    }
}
