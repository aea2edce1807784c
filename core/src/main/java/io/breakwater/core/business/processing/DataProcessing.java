package io.breakwater.core.business.processing;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.server.settings.ProcessingLimits;
import java.time.InstantSource;

/**
 * The use case behind {@code process_data}: one bounded operation over one bounded document. Equal operations on equal
 * data give equal results on every host, which is what makes them worth caching. Safe for use by many threads.
 */
public final class DataProcessing {
    private final Transformer transformer;
    private final SchemaCheck schemaCheck;
    private final InstantSource clock;
    private final ProcessingLimits limits;

    /** With what transforms, what checks, the clock that stamps results, and the limits. */
    public DataProcessing(
            Transformer transformer, SchemaCheck schemaCheck, InstantSource clock, ProcessingLimits limits) {
        this.transformer = transformer;
        this.schemaCheck = schemaCheck;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Runs the operation over the data. Long work ends early when the scope is cancelled.
     *
     * @throws ProcessingException when the data is too large or the operation cannot be done as asked
     */
    public ProcessingResult process(Json data, Operation operation, CallContext scope) {
        long size = admit(data);
        var result = run(data, operation, scope);
        if (CompactSize.of(result, limits.maxResultBytes(), Integer.MAX_VALUE) > limits.maxResultBytes()) {
            throw new ProcessingException(
                    "The result is larger than %d bytes; select less of the data.".formatted(limits.maxResultBytes()));
        }
        return new ProcessingResult(operation.name(), size, clock.instant(), result);
    }

    private long admit(Json data) {
        long size = CompactSize.of(data, Long.MAX_VALUE, limits.maxDepth());
        if (size > limits.maxDataBytes()) {
            throw new ProcessingException(
                    "The data has %d bytes as compact JSON, more than the limit of %d; send a part of it."
                            .formatted(size, limits.maxDataBytes()));
        }
        return size;
    }

    private Json run(Json data, Operation operation, CallContext scope) {
        return switch (operation) {
            case Operation.Flatten ignored -> Flattening.of(data, limits.maxResultBytes());
            case Operation.Transform(var expression) -> transformer.transform(expression, data, scope);
            case Operation.Validate(var schema) ->
                schemaCheck.check(data, schema).toJson();
            case Operation.Analyze analyze -> DocumentAnalysis.of(data, analyze, limits);
        };
    }
}
