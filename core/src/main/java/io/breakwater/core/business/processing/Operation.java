package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;

/** An operation on a document. */
public sealed interface Operation {

    /** Returns the name of the operation in requests. */
    String name();

    /** Transforms the document with a JSONata expression. */
    record Transform(String expression) implements Operation {
        @Override
        public String name() {
            return TRANSFORM;
        }
    }

    /** Converts the document into one object of its leaves under their paths. */
    record Flatten() implements Operation {
        @Override
        public String name() {
            return TRANSFORM;
        }
    }

    /** Checks the document against a JSON Schema, 2020-12 unless the schema names another dialect. */
    record Validate(Json schema) implements Operation {
        @Override
        public String name() {
            return VALIDATE;
        }
    }

    /**
     * Computes statistics for each path.
     *
     * @param percentiles the percentiles of numbers to report, each from 0 to 100
     * @param maxPaths the number of paths to report; 0 for the server's maximum
     */
    record Analyze(List<BigDecimal> percentiles, int maxPaths) implements Operation {
        /** The default percentiles. */
        public static final List<BigDecimal> USUAL_PERCENTILES =
                List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(95), BigDecimal.valueOf(99));

        /** Copies the list. */
        public Analyze {
            percentiles = List.copyOf(percentiles);
        }

        @Override
        public String name() {
            return ANALYZE;
        }
    }

    /** The name of {@link Transform} and {@link Flatten}. */
    String TRANSFORM = "transform";

    /** The name of {@link Validate}. */
    String VALIDATE = "validate";

    /** The name of {@link Analyze}. */
    String ANALYZE = "analyze";

    /**
     * Creates an operation from its name and options: {@code transform} takes {@code expression}, {@code validate}
     * takes {@code schema}, {@code analyze} takes {@code percentiles} and {@code max_paths}.
     *
     * @throws ProcessingException if the name is unknown, or an option is unknown, missing or of the wrong type
     */
    static Operation read(String name, Json.Obj options) {
        return switch (name) {
            case TRANSFORM -> OperationOptions.transform(options);
            case VALIDATE -> OperationOptions.validate(options);
            case ANALYZE -> OperationOptions.analyze(options);
            default ->
                throw new ProcessingException("There is no operation '%s'%s."
                        .formatted(name, ClosestWord.hint(name, List.of(TRANSFORM, VALIDATE, ANALYZE))));
        };
    }
}
