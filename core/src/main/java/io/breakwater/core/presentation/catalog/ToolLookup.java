package io.breakwater.core.presentation.catalog;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.Json;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import java.util.function.Supplier;

/**
 * Looks up a tool for a call.
 *
 * @param view the catalog as the caller sees it
 */
record ToolLookup(CatalogView view) {

    Lookup<ToolEntry> find(String name, Supplier<ParsedJson> sent) {
        var tool = view.catalog().tools().get(name);
        return tool == null ? view.unknown(TargetKind.TOOL, name) : found(tool, new DecisionArguments(tool, sent));
    }

    private Lookup<ToolEntry> found(ToolEntry tool, DecisionArguments arguments) {
        var requirements = tool.definition().requirements();
        var decision = view.decide(TargetKind.TOOL, tool.name(), requirements, arguments);
        for (var form : arguments.furtherForms()) {
            decision = AccessControl.combine(
                    decision, view.decide(TargetKind.TOOL, tool.name(), requirements, () -> form));
        }
        return view.decided(TargetKind.TOOL, tool.name(), tool, requirements, decision, true);
    }

    /** Explains the strictest decision on a call with these arguments. */
    AccessExplanation explain(ToolEntry tool, Json.Obj sent) {
        var requirements = tool.definition().requirements();
        return tool.argumentForms(ParsedJson.of(sent)).stream()
                .map(form -> view.explain(TargetKind.TOOL, tool.name(), requirements, () -> form))
                .reduce(ToolLookup::stricter)
                .orElseThrow();
    }

    private static AccessExplanation stricter(AccessExplanation one, AccessExplanation other) {
        var decision = AccessControl.combine(one.decision(), other.decision());
        boolean first = decision.rule().equals(one.decision().rule());
        return new AccessExplanation(decision, first ? one.rules() : other.rules());
    }
}
