package io.breakwater.core.validation;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.FailFastAssertionException;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A compiled schema with limits on the steps and the depth of a check. {@link #accepts} is cheap; {@link #errors} runs
 * only for values that are not accepted.
 */
final class Validator {
    private final Schema schema;
    private final ExecutionConfig failFast;
    private final ExecutionConfig allErrors;

    private Validator(Schema schema, SchemaLimits limits, boolean formats) {
        this.schema = schema;
        this.failFast = execution(true, limits, formats);
        this.allErrors = execution(false, limits, formats);
    }

    /** Compiles a schema; {@code format} is checked. */
    static Validator of(JsonNode schema, SchemaOrigin origin, SchemaLimits limits) {
        return new Validator(ValidatorRegistry.compile(schema, origin), limits, true);
    }

    /** Returns the validator of the schemas of a dialect, without formats. */
    static Validator ofSchemas(SchemaDialect dialect, SchemaLimits limits) {
        return new Validator(ValidatorRegistry.metaSchema(dialect), limits, false);
    }

    boolean accepts(JsonNode value) {
        var context = new ExecutionContext(failFast);
        try {
            schema.validate(context, value);
            return context.getErrors().isEmpty();
        } catch (FailFastAssertionException failed) {
            return false;
        }
    }

    /** Returns the errors in the order in which the validator finds them. */
    List<Error> errors(JsonNode value, int max) {
        var context = new ExecutionContext(allErrors);
        var errors = new ErrorCollector(max);
        context.setErrors(errors);
        try {
            schema.validate(context, value);
        } catch (ErrorCollector.EnoughErrorsException stop) {
            return errors;
        }
        return errors;
    }

    private static ExecutionConfig execution(boolean failFast, SchemaLimits limits, boolean formats) {
        return ExecutionConfig.builder()
                .failFast(failFast)
                .formatAssertionsEnabled(formats)
                .locale(Locale.ROOT)
                .maxEvaluationSteps(limits.maxSteps())
                .maxEvaluationDepth(limits.maxNesting())
                .build();
    }
}
