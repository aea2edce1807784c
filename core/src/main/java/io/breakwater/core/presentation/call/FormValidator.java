package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.codec.BindingResult;
import io.breakwater.core.presentation.codec.FormCodec;
import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.core.validation.Violation;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the content of a form that a user sent against the form's {@code requestedSchema} and record. */
final class FormValidator {
    private final ValueSchema schema;
    private final @Nullable FormCodec<?> codec;

    private FormValidator(ValueSchema schema, @Nullable FormCodec<?> codec) {
        this.schema = schema;
        this.codec = codec;
    }

    /**
     * Returns the validator for the form of that request, or null when the request has no form.
     *
     * @throws io.breakwater.server.schema.InvalidSchemaException when the form's schema is wrong
     */
    static @Nullable FormValidator of(ClientRequest request) {
        if (request.form() != null) {
            var codec = FormCodec.of(request.form());
            return new FormValidator(codec.schema(), codec);
        }
        boolean form = request.capability() == ClientCapability.ELICITATION_FORM;
        return form && request.params().get("requestedSchema") instanceof Json.Obj schema
                ? new FormValidator(ValueSchema.compile(schema), null)
                : null;
    }

    /**
     * Returns how the content differs from the form, as a sentence; null when it matches. A form without fields needs
     * no content.
     */
    @Nullable
    String mismatch(@Nullable Json content) {
        if (content == null && hasFields()) {
            return "the content is missing";
        }
        var violations = violations(content instanceof Json.Obj entries ? entries : Json.Obj.EMPTY);
        return violations.isEmpty()
                ? null
                : violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }

    private boolean hasFields() {
        return !schema.source().object("properties").members().isEmpty();
    }

    private List<Violation> violations(Json.Obj entries) {
        if (codec == null) {
            return schema.check(JsonTree.toTree(entries));
        }
        return switch (codec.read(entries)) {
            case BindingResult.Value<?> ignored -> List.of();
            case BindingResult.Refused<?>(var violations) -> violations;
        };
    }
}
