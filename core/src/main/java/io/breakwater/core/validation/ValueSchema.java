package io.breakwater.core.validation;

import com.networknt.schema.SchemaException;
import com.networknt.schema.ValidationLimitExceededException;
import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * A JSON Schema (2020-12, 2019-09 or draft-07) ready to check values, compiled once and safe for use by many threads.
 *
 * <p>The server never fetches schemas: compilation refuses a reference that leaves the schema. A check has limits on
 * its steps, its depth and the cost of its patterns, and refuses a value that exceeds them. {@code format} is checked.
 */
public final class ValueSchema {
    private static final SchemaLimits LIMITS = SchemaLimits.forAuthors();

    /** The maximum number of violations that a check returns. */
    public static final int MAX_VIOLATIONS = LIMITS.maxListed();

    private final Json.Obj source;
    private final JsonNode tree;
    private final FastPathValidator fastPath;
    private final Validator validator;
    private final boolean hasPatterns;

    private ValueSchema(Json.Obj source, JsonNode tree, boolean hasPatterns) {
        this.source = source;
        this.tree = tree;
        this.fastPath = FastPathValidator.of(tree);
        this.validator = Validator.of(tree, SchemaOrigin.AUTHOR, LIMITS);
        this.hasPatterns = hasPatterns;
    }

    /**
     * Compiles a schema.
     *
     * @throws InvalidSchemaException when it is invalid or too large, its dialect is unknown, or a reference leaves the
     *     schema or loops endlessly
     */
    public static ValueSchema compile(Json.Obj source) {
        try {
            JsonSize.checkSchema(source, LIMITS);
            var tree = JsonTree.toTree(source);
            boolean hasPatterns =
                    SchemaLinter.check(tree, SchemaOrigin.AUTHOR, LIMITS).hasPatterns();
            var schema = new ValueSchema(source, tree, hasPatterns);
            // Any value reveals references that loop endlessly.
            schema.validator.errors(NullNode.getInstance(), 1);
            return schema;
        } catch (RejectedInputException e) {
            throw new InvalidSchemaException(e.getMessage(), e);
        } catch (ValidationLimitExceededException e) {
            throw new InvalidSchemaException("The schema refers to itself in an endless loop.", e);
        } catch (SchemaException e) {
            throw new InvalidSchemaException("The schema cannot be used: " + e.getMessage(), e);
        }
    }

    /** The schema from which this object was compiled. */
    public Json.Obj source() {
        return source;
    }

    /** Returns the violations of a value, in a stable order; empty when the value is valid. */
    public List<Violation> check(JsonNode value) {
        if (fastPath.accepts(value)) {
            return List.of();
        }
        return hasPatterns ? BoundedPatterns.limit(LIMITS.maxCharsRead(), () -> validate(value)) : validate(value);
    }

    private List<Violation> violations(JsonNode value) {
        return ViolationMapper.of(validator.errors(value, ViolationMapper.MAX_ERRORS), tree);
    }

    private List<Violation> validate(JsonNode value) {
        try {
            return validator.accepts(value) ? List.of() : violations(value);
        } catch (ValidationLimitException e) {
            return List.of(new Violation("", e.sentence()));
        } catch (ValidationLimitExceededException e) {
            var pointer = e.getInstanceLocation() == null
                    ? ""
                    : e.getInstanceLocation().toString();
            return List.of(new Violation(pointer, "is too large or too complex to be checked"));
        }
    }
}
