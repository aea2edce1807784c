package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.business.processing.ProcessingResult;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Instant;

/** The result of {@code process_data}, as the cache holds it. */
record ProcessDataResult(
        @Description("The operation that was run.") String operation,

        @Description("The size of the document as compact JSON, in bytes.") @Name("input_size")
        long inputSize,

        @Description("The time at which the result was computed; for a cached result, the time of the earlier call.")
        @Name("processed_at")
        Instant processedAt,

        @Description("The result of the operation. transform: the value of the expression, or null if it"
                + " has none. validate: valid, violation_count, and violations with pointer, keyword"
                + " and message. analyze: paths with their statistics, and paths_omitted.")
        Json result) {

    static ProcessDataResult of(ProcessingResult processed) {
        return new ProcessDataResult(
                processed.operation(), processed.inputSize(), processed.processedAt(), processed.result());
    }
}
