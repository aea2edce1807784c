package io.breakwater.core.validation;

import io.breakwater.port.Json;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The arguments of a tool that clients of the modern wire repeat in header fields {@code Mcp-Param-…} (SEP-2243,
 * {@code x-mcp-header} in the schema), and the comparison of the two. A gateway may have decided by the field, so a
 * call whose argument says something else is refused.
 */
public final class HeaderParams {
    private static final HeaderParams NONE = new HeaderParams(List.of());

    private final List<HeaderParam> params;

    private HeaderParams(List<HeaderParam> params) {
        this.params = params;
    }

    /**
     * Those a schema asks for.
     *
     * @throws InvalidSchemaException when one has a name that is no token or is taken, a type other than string,
     *     integer or boolean, or a place that is not reached along {@code properties} alone: clients would drop such a
     *     tool
     */
    public static HeaderParams of(Json.Obj schema) {
        var params = HeaderParamFinder.in(schema);
        return params.isEmpty() ? NONE : new HeaderParams(params);
    }

    /** The names of the fields, in the order of the schema. */
    public List<String> fields() {
        return params.stream().map(HeaderParam::field).toList();
    }

    /** In which way a field differs from the argument it repeats, as a sentence; null when none does. */
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
