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
 * Checks documents with networknt's validator, against schemas from untrusted callers: it loads only the published
 * meta-schemas, counts every application of a keyword, and runs patterns as {@link Regex}. Formats are asserted.
 * Nothing of one caller's schema is stored for the next. Thread-safe.
 */
public final class NetworkntSchemaCheck implements SchemaCheck {
    private final SchemaLimits limits;
    private final SchemaRegistry metaSchemas;

    /** Creates a check with limits. */
    public NetworkntSchemaCheck(SchemaLimits limits) {
        this.limits = limits;
        this.metaSchemas = SchemaDialects.registry(NetworkntSchemaCheck::ownPattern);
    }

    @Override
    public Violations check(Json document, Json schema) {
        var schemaTree = ValidatorTrees.of(schema, "The schema", limits.maxValues(), limits.maxDepth());
        var tree = ValidatorTrees.of(document, "The data", Integer.MAX_VALUE, limits.maxDepth());
        try {
            checkSchema(schemaTree);
            var patterns = new SchemaPatterns(limits.maxLooks());
            var found = errors(SchemaDialects.registry(patterns).getSchema(schemaTree), tree, true);
            patterns.throwIfAborted();
            var listed = found.stream().limit(limits.maxListed()).map(NetworkntSchemaCheck::violation);
            return new Violations(listed.toList(), found.size());
        } catch (ValidationLimitExceededException | StackOverflowError e) {
            throw new ProcessingException("The check takes too many steps; the schema refers to itself too often.", e);
        } catch (SchemaException e) {
            throw new ProcessingException(
                    "The schema cannot be used: %s. References are not fetched; put the referenced schemas under $defs."
                            .formatted(reason(e)),
                    e);
        }
    }

    private void checkSchema(JsonNode schema) {
        var metaSchema = metaSchemas.getSchema(SchemaLocation.of(SchemaDialects.of(schema)));
        errors(metaSchema, schema, false).stream().findFirst().ifPresent(error -> {
            var violation = violation(error);
            throw new ProcessingException("options.schema is not a valid JSON Schema: at '%s', %s."
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

    /** Compiles a pattern of a published dialect without a limit, because these are harmless. */
    private static RegularExpression ownPattern(String pattern) {
        var regex = Regex.compile(pattern, "");
        return text -> regex.matcher(text, chars -> {}).find();
    }

    private static Violation violation(Error error) {
        return new Violation(error.getInstanceLocation().toString(), error.getKeyword(), error.getMessage());
    }

    private static String reason(SchemaException e) {
        var message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
