package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.business.processing.Operation;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code process_data}. */
record ProcessDataArguments(
        @Description("The document to process: any JSON value, at most 10 KiB unless the server allows more.")
        Json data,

        @Description("transform reshapes the document, validate checks it against a schema, analyze returns"
                + " statistics.")
        Kind operation,

        @Description("Options of the operation; each member applies to one operation.") @Nullable
        Options options) {

    /** The kind of operation. */
    enum Kind {
        @Name(Operation.TRANSFORM)
        TRANSFORM,
        @Name(Operation.VALIDATE)
        VALIDATE,
        @Name(Operation.ANALYZE)
        ANALYZE;

        private String operationName() {
            return switch (this) {
                case TRANSFORM -> Operation.TRANSFORM;
                case VALIDATE -> Operation.VALIDATE;
                case ANALYZE -> Operation.ANALYZE;
            };
        }
    }

    /** The options of all operations. */
    record Options(
            @Description(
                    "For transform: a JSONata expression, such as orders[paid].{\"id\": id, \"to\": customer.name}."
                            + " Without an expression, the document is flattened: one member for each"
                            + " value, named by its path.")
            @Nullable
            String expression,

            @Description("For validate: the JSON Schema, version 2020-12 unless $schema names another one. It"
                    + " must be self-contained, because references to other documents are not fetched.")
            @Nullable
            Json schema,

            @Description(
                    "For analyze: the percentiles of numbers to return, each from 0 to 100; default 50, 95 and 99.")
            @Nullable
            List<BigDecimal> percentiles,

            @Description("For analyze: the maximum number of paths in the result.") @Name("max_paths") @Nullable
            Integer maxPaths) {

        private Json.Obj json() {
            return Json.object()
                    .putIfPresent("expression", expression)
                    .putIfPresent("schema", schema)
                    .putIfPresent("percentiles", percentiles == null ? null : numbers(percentiles))
                    .putIfPresent("max_paths", maxPaths == null ? null : Json.of(maxPaths))
                    .build();
        }

        private static Json numbers(List<BigDecimal> values) {
            return new Json.Arr(values.stream().map(Json::of).toList());
        }
    }

    /**
     * Returns the requested operation.
     *
     * @throws io.breakwater.core.business.processing.ProcessingException if the options do not match the operation
     */
    Operation toOperation() {
        return Operation.read(operation.operationName(), options == null ? Json.Obj.EMPTY : options.json());
    }
}
