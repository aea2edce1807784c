package io.breakwater.core.data.processing;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.regex.RegularExpression;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.core.business.processing.SchemaCheck;
import io.breakwater.core.business.processing.Violations;
import io.breakwater.core.business.processing.Violations.Violation;
import io.breakwater.port.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Checks with networknt's validator, against schemas nobody has to trust: nothing but the published meta-schemas is
 * ever loaded, every application of a keyword is counted, patterns run as {@link Regex}. Formats are asserted. What one
 * caller sends is not kept for the next. Safe for use by many threads.
 */
public final class NetworkntSchemaCheck implements SchemaCheck {
    private final SchemaLimits limits;
    private final SchemaRegistry metaSchemas;

    /** With its bounds. */
    public NetworkntSchemaCheck(SchemaLimits limits) {
        this.limits = limits;
        this.metaSchemas = SchemaDialects.registry(NetworkntSchemaCheck::ownPattern);
    }

    @Override
    public Violations check(Json document, Json schema) {
        var schemaTree = ValidatorTrees.of(schema, "The schema", limits.maxValues(), limits.maxDepth());
        var tree = ValidatorTrees.of(document, "The data", Integer.MAX_VALUE, limits.maxDepth());
        try {
            refuseBrokenSchema(schemaTree);
            var patterns = new SchemaPatterns(limits.maxLooks());
            var found = errors(SchemaDialects.registry(patterns).getSchema(schemaTree), tree, true);
            patterns.refuseIfGivenUp();
            var listed = found.stream().limit(limits.maxListed()).map(NetworkntSchemaCheck::violation);
            return new Violations(listed.toList(), found.size());
        } catch (ValidationLimitExceededException | StackOverflowError e) {
            throw new ProcessingException("The check takes too many steps; the schema refers to itself too often.", e);
        } catch (SchemaException e) {
            throw new ProcessingException(
                    "The schema cannot be used: %s. Nothing is fetched; put what it refers to under $defs."
                            .formatted(reason(e)),
                    e);
        }
    }

    private void refuseBrokenSchema(JsonNode schema) {
        var metaSchema = metaSchemas.getSchema(SchemaLocation.of(SchemaDialects.of(schema)));
        errors(metaSchema, schema, false).stream().findFirst().ifPresent(error -> {
            var violation = violation(error);
            throw new ProcessingException("options.schema is no valid JSON Schema: at '%s', %s."
                    .formatted(violation.pointer(), violation.message()));
        });
    }

    private List<Error> errors(Schema schema, JsonNode tree, boolean withFormats) {
        return schema.validate(
                tree,
                (ExecutionContext context) -> context.executionConfig(config -> config.locale(Locale.ENGLISH)
                        .formatAssertionsEnabled(withFormats)
                        .maxEvaluationSteps(limits.maxSteps())
                        .maxEvaluationDepth(limits.maxNesting())));
    }

    /** Patterns of the dialects themselves are harmless. */
    private static RegularExpression ownPattern(String pattern) {
        var regex = Regex.compile(pattern, "");
        return text -> regex.matcher(text, looks -> {}).find();
    }

    private static Violation violation(Error error) {
        return new Violation(error.getInstanceLocation().toString(), error.getKeyword(), error.getMessage());
    }

    private static String reason(SchemaException e) {
        var message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
