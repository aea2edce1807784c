package io.breakwater.core.validation;

import io.breakwater.server.schema.InvalidSchemaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who wrote a schema, which decides how far the server trusts it. */
enum SchemaOrigin {
    /** The author of a tool. The schema is part of the program, so its patterns may be any that Java's engine runs. */
    AUTHOR,

    /** The caller of a tool. Patterns that could run without end are refused. */
    CALLER;

    /** Compiles a pattern. */
    Regex compile(String pattern) {
        return this == AUTHOR ? Regex.ofAuthor(pattern) : Regex.compile(pattern, "");
    }

    /**
     * Returns the dialect for the value of {@code $schema}, which may be absent. For callers, the validator refuses
     * unknown dialects.
     */
    SchemaDialect dialect(@Nullable JsonNode id) {
        var dialect = SchemaDialect.of(id);
        if (this == AUTHOR && (dialect == null || !dialect.isForAuthors())) {
            throw new InvalidSchemaException(
                    "The schema's dialect " + id + " is not supported. Write it in JSON Schema 2020-12"
                            + " and leave $schema out, or name 2020-12, 2019-09 or draft-07.");
        }
        return dialect == null ? SchemaDialect.DRAFT_2020_12 : dialect;
    }

    /** Creates the exception for a mistake in a schema. */
    RuntimeException mistake(String at, String why) {
        return this == AUTHOR
                ? new InvalidSchemaException(
                        "The schema is wrong at " + (at.isEmpty() ? "its root" : at) + ": it " + why + ".")
                : new RejectedInputException(
                        "The schema is not a valid JSON Schema: at '%s', it %s.".formatted(at, why));
    }
}
