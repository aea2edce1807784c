package io.breakwater.core.validation;

import io.breakwater.port.Json;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The arguments of a tool that modern clients repeat in header fields {@code Mcp-Param-…} (SEP-2243,
 * {@code x-mcp-header} in the schema), and their comparison. A gateway may have decided by a header field, so a call
 * whose argument differs from it is refused.
 */
public final class HeaderParams {
    private static final HeaderParams NONE = new HeaderParams(List.of());

    private final List<HeaderParam> params;

    private HeaderParams(List<HeaderParam> params) {
        this.params = params;
    }

    /**
     * Returns the header parameters of a schema.
     *
     * @throws InvalidSchemaException when a name is not a token or is used twice, a type is not string, integer or
     *     boolean, or a property is not reachable through {@code properties} alone: clients would drop such a tool
     */
    public static HeaderParams of(Json.Obj schema) {
        var params = HeaderParamFinder.in(schema);
        return params.isEmpty() ? NONE : new HeaderParams(params);
    }

    /** The names of the header fields, in the order of the schema. */
    public List<String> fields() {
        return params.stream().map(HeaderParam::field).toList();
    }

    /** Returns how a header field differs from its argument, as a sentence; null when all are equal. */
    public @Nullable String mismatch(HeaderFields fields, JsonNode arguments) {
        for (var param : params) {
            var sentence = param.mismatch(fields, arguments);
            if (sentence != null) {
                return sentence;
            }
        }
        return null;
    }
}
