package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.catalog.Ability;
import io.breakwater.core.presentation.catalog.Question;
import io.breakwater.core.presentation.catalog.validation.Schema;
import io.breakwater.core.presentation.catalog.validation.Violation;
import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the content of a form that a user sent against the form's {@code requestedSchema}. */
final class FormValidator {
    private final Schema schema;

    private FormValidator(Schema schema) {
        this.schema = schema;
    }

    /**
     * The validator of that question's form; null when the question has no form.
     *
     * @throws io.breakwater.core.presentation.catalog.schema.SchemaRefused when the form's schema is wrong
     */
    static @Nullable FormValidator of(Question question) {
        boolean form = question.needs() == Ability.ELICIT_FORM;
        return form && question.params().get("requestedSchema") instanceof Json.Obj schema
                ? new FormValidator(Schema.compile(schema))
                : null;
    }

    /** What is wrong with the content, in a sentence; null when it fits. A form without fields needs no content. */
    @Nullable
    String misfit(@Nullable Json content) {
        if (content == null && hasFields()) {
            return "the content is missing";
        }
        var violations = schema.check(JsonTree.toTree(content == null ? Json.Obj.EMPTY : content));
        return violations.isEmpty()
                ? null
                : violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }

    private boolean hasFields() {
        return !schema.source().object("properties").members().isEmpty();
    }
}
