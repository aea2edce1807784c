package io.breakwater.core.validation;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import com.networknt.schema.ValidationLimitExceededException;
import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import java.util.List;
import java.util.function.Supplier;

/**
 * A JSON Schema (2020-12 to draft-04) from an untrusted caller, for one check. Nothing of it is stored for the next
 * caller. The limits cover the schema as well as the check, and patterns that could run without end are refused.
 */
public final class CallerSchema {
    private final Validator validator;
    private final SchemaLimits limits;

    private CallerSchema(Validator validator, SchemaLimits limits) {
        this.validator = validator;
        this.limits = limits;
    }

    /**
     * One mismatch between a value and the schema.
     *
     * @param pointer the JSON Pointer (RFC 6901) of the value; empty for the whole value
     * @param keyword the keyword of the schema that the value violates
     * @param message one sentence of the validator
     */
    public record Mismatch(String pointer, String keyword, String message) {

        private static Mismatch of(Error error) {
            return new Mismatch(error.getInstanceLocation().toString(), error.getKeyword(), error.getMessage());
        }
    }

    /**
     * Compiles a schema.
     *
     * @throws RejectedInputException if it is invalid or too large, or refers to another document
     */
    public static CallerSchema compile(Json source, SchemaLimits limits) {
        JsonSize.checkSchema(source, limits);
        var tree = JsonTree.toTree(source);
        return limited(() -> {
            SchemaLinter.check(tree, SchemaOrigin.CALLER, limits);
            return new CallerSchema(Validator.of(tree, SchemaOrigin.CALLER, limits), limits);
        });
    }

    /**
     * Returns all mismatches of a value.
     *
     * @throws RejectedInputException if the value nests too deeply, or the check exceeds its limits
     */
    public List<Mismatch> check(Json value) {
        JsonSize.checkData(value, limits);
        var tree = JsonTree.toTree(value);
        return limited(() ->
                        BoundedPatterns.limit(limits.maxCharsRead(), () -> validator.errors(tree, Integer.MAX_VALUE)))
                .stream()
                .map(Mismatch::of)
                .toList();
    }

    private static <T> T limited(Supplier<T> work) {
        try {
            return work.get();
        } catch (ValidationLimitException e) {
            throw new RejectedInputException("A pattern of the schema takes too long on this data; simplify it.", e);
        } catch (ValidationLimitExceededException | StackOverflowError e) {
            throw new RejectedInputException(
                    "The check takes too many steps; the schema refers to itself too often.", e);
        } catch (SchemaException e) {
            throw new RejectedInputException(
                    "The schema cannot be used: %s. References are not fetched; put the referenced schemas under $defs."
                            .formatted(reason(e)),
                    e);
        }
    }

    private static String reason(SchemaException e) {
        var message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
