package io.breakwater.core.presentation.catalog;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import java.util.List;
import java.util.function.Supplier;

/** The arguments of a call for access decisions, in all their forms, which are created when a rule asks for them. */
final class DecisionArguments implements Supplier<Json.Obj> {
    private final ToolEntry tool;
    private final Supplier<ParsedJson> sent;
    private List<Json.Obj> forms = List.of();

    DecisionArguments(ToolEntry tool, Supplier<ParsedJson> sent) {
        this.tool = tool;
        this.sent = sent;
    }

    /** Returns the arguments as the handler receives them. */
    @Override
    public Json.Obj get() {
        return forms().getFirst();
    }

    /** Returns all forms, at least one. */
    List<Json.Obj> forms() {
        if (forms.isEmpty()) {
            forms = tool.argumentForms(sent.get());
        }
        return forms;
    }

    /** Returns the forms after the first; none if the decision on the first did not depend on the arguments. */
    List<Json.Obj> furtherForms() {
        return forms.isEmpty() ? forms : forms.subList(1, forms.size());
    }
}
