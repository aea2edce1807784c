package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;

/** What is to be done with a document. */
public sealed interface Operation {

    /** The word the caller uses for it. */
    String name();

    /** Reshape by a JSONata expression. */
    record Transform(String expression) implements Operation {
        @Override
        public String name() {
            return TRANSFORM;
        }
    }

    /** Reshape without an expression: into one object of leaves under their paths. */
    record Flatten() implements Operation {
        @Override
        public String name() {
            return TRANSFORM;
        }
    }

    /** Check against a JSON Schema, 2020-12 unless it names another dialect. */
    record Validate(Json schema) implements Operation {
        @Override
        public String name() {
            return VALIDATE;
        }
    }

    /**
     * Describe by figures for each path.
     *
     * @param percentiles which percentiles of numbers to report, each from 0 to 100
     * @param maxPaths how many paths to report; 0 for as many as the server's limit allows
     */
    record Analyze(List<BigDecimal> percentiles, int maxPaths) implements Operation {
        /** The percentiles reported when none are asked for. */
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
     * Reads an operation from its name and options: {@code transform} takes {@code expression}, {@code validate} takes
     * {@code schema}, {@code analyze} takes {@code percentiles} and {@code max_paths}.
     *
     * @throws ProcessingException when the name or an option is unknown, missing or of the wrong kind
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
