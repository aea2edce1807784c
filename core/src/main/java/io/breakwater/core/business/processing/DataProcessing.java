package io.breakwater.core.business.processing;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.server.settings.ProcessingLimits;
import java.time.InstantSource;

/**
 * The use case of {@code process_data}: one operation on one document, both limited. Equal operations on equal data
 * have equal results on every host, so that results can be cached. Thread-safe.
 */
public final class DataProcessing {
    private final Transformer transformer;
    private final SchemaCheck schemaCheck;
    private final InstantSource clock;
    private final ProcessingLimits limits;

    /** Creates an instance; the clock provides the time in results. */
    public DataProcessing(
            Transformer transformer, SchemaCheck schemaCheck, InstantSource clock, ProcessingLimits limits) {
        this.transformer = transformer;
        this.schemaCheck = schemaCheck;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Runs an operation on the data. Long work ends early when the call is cancelled.
     *
     * @throws ProcessingException if the data is too large or the operation fails
     */
    public ProcessingResult process(Json data, Operation operation, CallContext context) {
        long size = checkSize(data);
        var result = run(data, operation, context);
        if (CompactSize.of(result, limits.maxResultBytes(), Integer.MAX_VALUE) > limits.maxResultBytes()) {
            throw new ProcessingException(
                    "The result is larger than %d bytes; select less of the data.".formatted(limits.maxResultBytes()));
        }
        return new ProcessingResult(operation.name(), size, clock.instant(), result);
    }

    private long checkSize(Json data) {
        long size = CompactSize.of(data, Long.MAX_VALUE, limits.maxDepth());
        if (size > limits.maxDataBytes()) {
            throw new ProcessingException(
                    "The data has %d bytes as compact JSON, more than the limit of %d; send a part of it."
                            .formatted(size, limits.maxDataBytes()));
        }
        return size;
    }

    private Json run(Json data, Operation operation, CallContext context) {
        return switch (operation) {
            case Operation.Flatten ignored -> Flattening.of(data, limits.maxResultBytes());
            case Operation.Transform(var expression) -> transformer.transform(expression, data, context);
            case Operation.Validate(var schema) ->
                schemaCheck.check(data, schema).toJson();
            case Operation.Analyze analyze -> DocumentAnalysis.of(data, analyze, limits);
        };
    }
}
