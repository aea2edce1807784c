package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.business.processing.ProcessingResult;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Instant;

/** What {@code process_data} gives, as it is kept for equal calls. */
record ProcessDataResult(
        @Description("The operation that was asked for.") String operation,

        @Description("The size of the document in bytes, as compact JSON.") @Name("input_size")
        long inputSize,

        @Description("When the result was computed; for a cached result that was earlier.") @Name("processed_at")
        Instant processedAt,

        @Description(
                "The outcome. transform: what the expression selects, null if nothing. validate: valid, violation_count"
                        + " and violations with pointer, keyword and message. analyze: paths with figures, and paths_omitted.")
        Json result) {

    static ProcessDataResult of(ProcessingResult processed) {
        return new ProcessDataResult(
                processed.operation(), processed.inputSize(), processed.processedAt(), processed.result());
    }
}
