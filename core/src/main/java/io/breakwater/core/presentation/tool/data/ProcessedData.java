package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.business.processing.Processed;
import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Name;
import io.breakwater.port.Json;
import java.time.Instant;

/** What {@code process_data} gives, as it is kept for equal calls. */
record ProcessedData(
        @Describe("The operation that was asked for.") String operation,

        @Describe("The size of the document in bytes, as compact JSON.") @Name("input_size")
        long inputSize,

        @Describe("When the result was computed; for a cached result that was earlier.") @Name("processed_at")
        Instant processedAt,

        @Describe(
                "The outcome. transform: what the expression selects, null if nothing. validate: valid, violation_count"
                        + " and violations with pointer, keyword and message. analyze: paths with figures, and paths_omitted.")
        Json result) {

    static ProcessedData of(Processed processed) {
        return new ProcessedData(
                processed.operation(), processed.inputSize(), processed.processedAt(), processed.result());
    }
}
