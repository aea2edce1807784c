package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.business.processing.Operation;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code process_data} is called with. */
record ProcessDataArguments(
        @Description("The document to work on: any JSON value, 10 KiB at most unless the server allows more.")
        Json data,

        @Description("transform reshapes the document, validate checks it, analyze describes it by figures.")
        Kind operation,

        @Description("What the operation needs to know; each member belongs to one operation.") @Nullable
        Options options) {

    /** Which operation. */
    enum Kind {
        @Name(Operation.TRANSFORM)
        TRANSFORM,
        @Name(Operation.VALIDATE)
        VALIDATE,
        @Name(Operation.ANALYZE)
        ANALYZE;

        private String word() {
            return switch (this) {
                case TRANSFORM -> Operation.TRANSFORM;
                case VALIDATE -> Operation.VALIDATE;
                case ANALYZE -> Operation.ANALYZE;
            };
        }
    }

    /** What each operation takes. */
    record Options(
            @Description(
                    "For transform: a JSONata expression, such as orders[paid].{\"id\": id, \"to\": customer.name}."
                            + " Without it the document is flattened: one member for each value, named by its path.")
            @Nullable
            String expression,

            @Description("For validate: the JSON Schema; 2020-12 unless it names another dialect in $schema. It must be"
                    + " complete, nothing is fetched.")
            @Nullable
            Json schema,

            @Description(
                    "For analyze: which percentiles of numbers to give, each from 0 to 100; 50, 95 and 99 when left out.")
            @Nullable
            List<BigDecimal> percentiles,

            @Description("For analyze: how many paths to describe at most.") @Name("max_paths") @Nullable
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
     * The operation this asks for.
     *
     * @throws io.breakwater.core.business.processing.ProcessingException when the options do not fit it
     */
    Operation toOperation() {
        return Operation.read(operation.word(), options == null ? Json.Obj.EMPTY : options.json());
    }
}
