package io.breakwater.core.presentation.catalog;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.Map;

/**
 * Decides which completions a caller may see: those with which it may get the prompt or read the resource. While other
 * arguments that are required are not known, a completion is shown unless the known ones are denied.
 *
 * @param view the catalog as the caller sees it
 */
public record ProposalAccess(CatalogView view) {
    /** The maximum length of all arguments, and of a URI with variables, which bounds the cost of a decision. */
    static final int MAX_LENGTH = 2_000;

    private static final int MAX_PARTIAL_URI = 200;

    /** Returns true if the caller may see all completions of a prompt or a template that it may use. */
    public boolean isOpen() {
        return view.access().control().isOpen()
                && view.catalog().resources().values().stream()
                        .allMatch(resource -> resource.requirements().isEmpty());
    }

    /** Returns true if the caller may see an argument of this prompt, together with the other known arguments. */
    public boolean allows(Prompt prompt, Map<String, String> arguments) {
        if (isTooLong(arguments)) {
            return false;
        }
        boolean complete = prompt.arguments().stream()
                .allMatch(argument -> !argument.required() || arguments.containsKey(argument.name()));
        return complete
                ? view.prompt(prompt.name(), () -> CatalogView.texts(arguments)) instanceof Lookup.Found<Prompt>
                : allowsPart(TargetKind.PROMPT, prompt.name(), prompt.requirements(), arguments);
    }

    /** Returns true if the caller may see a variable of this template, together with the other known variables. */
    public boolean allows(ResourceTemplate template, Map<String, String> variables) {
        if (isTooLong(variables)) {
            return false;
        }
        if (variables.keySet().containsAll(template.variables())) {
            return view.resource(template.uri(variables)) instanceof Lookup.Found<ReadableResource>;
        }
        var partial = ResourceLookup.withValues(template, variables);
        return partial.length() <= MAX_PARTIAL_URI
                && allowsPart(TargetKind.RESOURCE_TEMPLATE, partial, template.requirements(), variables);
    }

    private boolean allowsPart(
            TargetKind kind, String name, AccessRequirements requirements, Map<String, String> known) {
        var decision = view.access()
                .control()
                .decideEither(
                        new AccessRequest(view.principal(), kind, name, requirements, null),
                        new AccessRequest(view.principal(), kind, name, requirements, () -> CatalogView.texts(known)));
        return !isDenied(decision);
    }

    private static boolean isDenied(AccessDecision decision) {
        return decision instanceof AccessDecision.Denied;
    }

    private static boolean isTooLong(Map<String, String> arguments) {
        return arguments.values().stream().mapToInt(String::length).sum() > MAX_LENGTH;
    }
}
