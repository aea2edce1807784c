package io.breakwater.core.presentation.catalog;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.RefusedAccess;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A catalog as one caller sees it. Every method looks names up here, so that what a caller may not use is unknown to
 * all of them in the same way.
 *
 * @param catalog the catalog as it was when the request arrived
 * @param access decides what the caller may use
 * @param principal the caller
 */
public record CatalogView(CatalogSnapshot catalog, CatalogAccess access, Principal principal) {
    private static final AccessDecision OPEN = new AccessDecision.Allowed("no restriction");
    static final AccessDecision NOTHING = new AccessDecision.Denied("nothing has this name");
    static final AccessExplanation NO_TARGET = new AccessExplanation(NOTHING, List.of());

    /** Looks a tool up for a call with these arguments. */
    public Lookup<ToolEntry> tool(String name, Supplier<ParsedJson> arguments) {
        return new ToolLookup(this).find(name, arguments);
    }

    /** Looks a prompt up for these arguments; null if they are not known. */
    public Lookup<Prompt> prompt(String name, @Nullable Supplier<Json.Obj> arguments) {
        var prompt = catalog.prompts().get(name);
        if (prompt == null) {
            return unknown(TargetKind.PROMPT, name);
        }
        var decision = decide(prompt, arguments);
        return decided(TargetKind.PROMPT, name, prompt, prompt.requirements(), decision, arguments != null);
    }

    /** Decides for the arguments as they were sent, and as the prompt receives them if it converts them. */
    private AccessDecision decide(Prompt prompt, @Nullable Supplier<Json.Obj> arguments) {
        var decision = decide(TargetKind.PROMPT, prompt.name(), prompt.requirements(), arguments);
        if (arguments == null
                || !(prompt.writer() instanceof ConvertedTexts converter)
                || !access.control().isRestricted(prompt.requirements())) {
            return decision;
        }
        return ArgumentForms.converted(arguments.get(), converter).stream()
                .map(form -> decide(TargetKind.PROMPT, prompt.name(), prompt.requirements(), () -> form))
                .reduce(AccessControl::combine)
                .orElse(decision);
    }

    /** Looks a resource template up. */
    public Lookup<ResourceTemplate> template(String uriTemplate) {
        var template = catalog.templates().stream()
                .filter(each -> each.uriTemplate().equals(uriTemplate))
                .findFirst()
                .orElse(null);
        if (template == null) {
            return unknown(TargetKind.RESOURCE_TEMPLATE, uriTemplate);
        }
        var requirements = template.requirements();
        var decision = decide(TargetKind.RESOURCE_TEMPLATE, uriTemplate, requirements, null);
        return decided(TargetKind.RESOURCE_TEMPLATE, uriTemplate, template, requirements, decision, false);
    }

    <T> Lookup<T> unknown(TargetKind kind, String name) {
        return missing(kind, name, NOTHING, McpException.invalidParams(unknownMessage(kind, name)));
    }

    private String unknownMessage(TargetKind kind, String name) {
        return "Unknown " + kind.word() + ": " + name + missingCredential(name);
    }

    /** Tells an anonymous caller that it needs a credential, and which tools its list contains without one. */
    private String missingCredential(String name) {
        if (!principal.isAnonymous()) {
            return "";
        }
        var usable = access.publicTools().stream()
                .filter(tool -> catalog.tools().containsKey(tool) && mayKnowTool(tool))
                .sorted()
                .toList();
        return usable.isEmpty() || usable.contains(name)
                ? ""
                : ". This request has no credential, and callers without one may only use " + String.join(", ", usable)
                        + ".";
    }

    /** Returns what the caller finds after this decision, which depends on arguments or does not. */
    <T> Lookup<T> decided(
            TargetKind kind,
            String name,
            T item,
            AccessRequirements requirements,
            AccessDecision decision,
            boolean withArguments) {
        return decided(kind, name, item, requirements, decision, withArguments, "");
    }

    /**
     * Returns what the caller finds after this decision.
     *
     * @param place where in the call the item is, for the message; empty if it is the call itself
     */
    <T> Lookup<T> decided(
            TargetKind kind,
            String name,
            T item,
            AccessRequirements requirements,
            AccessDecision decision,
            boolean withArguments,
            String place) {
        if (!(decision instanceof AccessDecision.Denied)) {
            return found(item, decision);
        }
        boolean listed = withArguments && !(decide(kind, name, requirements, null) instanceof AccessDecision.Denied);
        var message = listed
                ? "The access rules do not allow these arguments for " + kind.word() + " " + name + place
                : unknownMessage(kind, name);
        return missing(kind, name, decision, McpException.invalidParams(message));
    }

    /** Looks up a resource with that URI, and otherwise the first template that matches it. */
    public Lookup<ReadableResource> resource(String uri) {
        return new ResourceLookup(this).find(uri);
    }

    static Json.Obj noArguments() {
        return Json.Obj.EMPTY;
    }

    static Json.Obj texts(Map<String, String> variables) {
        var json = Json.object();
        variables.forEach(json::put);
        return json.build();
    }

    /** Decides whether the caller may be notified that this resource changed. */
    public AccessDecision subscription(String uri) {
        if (catalog.resources().containsKey(uri)
                || catalog.templates().stream().anyMatch(each -> each.match(uri).isPresent())) {
            return resource(uri).decision();
        }
        return decide(TargetKind.RESOURCE, uri, AccessRequirements.NONE, CatalogView::noArguments);
    }

    /** Returns true if the caller may be notified that this resource changed. */
    public boolean mayReceiveUpdates(String uri) {
        return subscription(uri) instanceof AccessDecision.Allowed;
    }

    /** Returns true if the caller may see the state of its task that runs this tool; null if the tool is not known. */
    public boolean mayPollTask(@Nullable String tool) {
        return task("tasks/get") instanceof AccessDecision.Allowed
                && (tool == null || result(TargetKind.TOOL, tool) instanceof AccessDecision.Allowed);
    }

    /**
     * Decides whether the caller may receive what its earlier request for this target returns. The arguments of that
     * request are not known any more. If the target was removed, the rules alone decide.
     */
    public AccessDecision result(TargetKind kind, String name) {
        if (kind == TargetKind.RESOURCE) {
            return subscription(name);
        }
        var requirements = requirements(kind, name);
        return decide(kind, name, requirements == null ? AccessRequirements.NONE : requirements, null);
    }

    /** Returns true if the caller may know the name of this tool. If the tool was removed, the rules alone decide. */
    public boolean mayKnowTool(String name) {
        return !(result(TargetKind.TOOL, name) instanceof AccessDecision.Denied);
    }

    /** Decides whether the caller may use this method on its own tasks. */
    public AccessDecision task(String method) {
        return decide(TargetKind.TASK, method, AccessRequirements.NONE, CatalogView::noArguments);
    }

    /** Explains a decision; the arguments are null for a list. */
    public AccessExplanation explain(TargetKind kind, String name, Json.@Nullable Obj arguments) {
        var requirements = requirements(kind, name);
        if (requirements == null) {
            return NO_TARGET;
        }
        var tool = kind == TargetKind.TOOL ? catalog.tools().get(name) : null;
        if (tool != null && arguments != null) {
            return new ToolLookup(this).explain(tool, ParsedJson.of(arguments));
        }
        var given = arguments == null || kind != TargetKind.RESOURCE ? arguments : variables(name);
        var explanation = explain(kind, name, requirements, given == null ? null : () -> given);
        return given == null || !access.control().isRestricted(requirements)
                ? explanation
                : combined(explanation, decision(kind, name, given, explanation));
    }

    private static AccessExplanation combined(AccessExplanation explanation, AccessDecision ofCall) {
        var decision = AccessControl.combine(ofCall, explanation.decision());
        return new AccessExplanation(decision, explanation.rules(), explanation.reservation());
    }

    /** Returns the decision as a call makes it, also on other notations of what was sent. */
    private AccessDecision decision(TargetKind kind, String name, Json.Obj arguments, AccessExplanation explanation) {
        return switch (kind) {
            case RESOURCE -> resource(name).decision();
            case PROMPT -> prompt(name, () -> arguments).decision();
            case TOOL, RESOURCE_TEMPLATE, TASK -> explanation.decision();
        };
    }

    AccessExplanation explain(
            TargetKind kind, String name, AccessRequirements requirements, @Nullable Supplier<Json.Obj> arguments) {
        var request = new AccessRequest(principal, kind, name, requirements, arguments);
        var explanation = access.control().explain(request);
        return arguments == null ? explanation : access.later().explain(request, explanation);
    }

    /** Explains a refused access by the present rules, for unknown arguments; no rules if it had several targets. */
    public AccessExplanation explain(RefusedAccess refused) {
        return Stream.of(TargetKind.values())
                .filter(kind -> kind.word().equals(refused.kind()))
                .findFirst()
                .map(kind -> explain(kind, refused.name(), null))
                .orElse(NO_TARGET);
    }

    /** Returns the variables of the template that the resource belongs to; empty if it belongs to none. */
    private Json.Obj variables(String uri) {
        return catalog.resources().containsKey(uri)
                ? Json.Obj.EMPTY
                : catalog.templates().stream()
                        .flatMap(template -> template.match(uri).stream())
                        .findFirst()
                        .map(CatalogView::texts)
                        .orElse(Json.Obj.EMPTY);
    }

    /** Returns the requirements of the definition with that name, or null if there is none. */
    private @Nullable AccessRequirements requirements(TargetKind kind, String name) {
        return switch (kind) {
            case TOOL -> {
                var tool = catalog.tools().get(name);
                yield tool == null ? null : tool.definition().requirements();
            }
            case PROMPT -> {
                var prompt = catalog.prompts().get(name);
                yield prompt == null ? null : prompt.requirements();
            }
            case RESOURCE -> {
                var resource = catalog.resources().get(name);
                yield resource == null
                        ? ofTemplate(template -> template.match(name).isPresent())
                        : resource.requirements();
            }
            case RESOURCE_TEMPLATE ->
                ofTemplate(template -> template.uriTemplate().equals(name));
            case TASK -> AccessRequirements.NONE;
        };
    }

    private @Nullable AccessRequirements ofTemplate(Predicate<ResourceTemplate> predicate) {
        return catalog.templates().stream()
                .filter(predicate)
                .findFirst()
                .map(ResourceTemplate::requirements)
                .orElse(null);
    }

    AccessDecision decide(
            TargetKind kind, String name, AccessRequirements requirements, @Nullable Supplier<Json.Obj> arguments) {
        return access.control().isRestricted(requirements)
                ? access.control().decide(new AccessRequest(principal, kind, name, requirements, arguments))
                : OPEN;
    }

    static <T> Lookup<T> found(T item, AccessDecision decision) {
        return new Lookup.Found<>(item, decision, List.of());
    }

    <T> Lookup<T> missing(TargetKind kind, String name, AccessDecision decision, McpException error) {
        return new Lookup.Missing<>(this, kind, name, decision, error);
    }

    /** Records a refused access under the id of its request. */
    public void recordRefusal(String requestId, TargetKind kind, String name, AccessDecision decision) {
        access.refused().add(requestId, principal, kind.word(), name, decision);
    }

    McpException refuse(Lookup.Missing<?> missing, String requestId) {
        recordRefusal(requestId, missing.kind(), missing.name(), missing.decision());
        var data = Json.object();
        if (missing.error().data() instanceof Json.Obj own) {
            own.members().forEach(data::put);
        }
        return new McpException(
                missing.error().code(),
                String.valueOf(missing.error().getMessage()),
                data.put("requestId", requestId).build());
    }
}
