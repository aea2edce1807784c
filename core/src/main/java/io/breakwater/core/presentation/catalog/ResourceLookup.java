package io.breakwater.core.presentation.catalog;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.mcp.CacheControl;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.Map;

/**
 * Looks up a resource by its URI.
 *
 * @param view the catalog as the caller sees it
 */
record ResourceLookup(CatalogView view) {

    /** Returns the resource with that URI, and otherwise that of the first template that matches it. */
    Lookup<ReadableResource> find(String uri) {
        var resource = view.catalog().resources().get(uri);
        if (resource != null) {
            return found(uri, resource);
        }
        for (var template : view.catalog().templates()) {
            var variables = template.match(uri);
            if (variables.isPresent()) {
                return found(uri, template, variables.get());
            }
        }
        return view.missing(TargetKind.RESOURCE, uri, CatalogView.NOTHING, McpException.noSuchResource(uri));
    }

    private Lookup<ReadableResource> found(String uri, Resource resource) {
        var requirements = resource.requirements();
        return found(
                uri,
                view.decide(TargetKind.RESOURCE, uri, requirements, CatalogView::noArguments),
                resource.reader(),
                cacheControl(resource.cacheControl(), requirements));
    }

    private Lookup<ReadableResource> found(String uri, ResourceTemplate template, Map<String, String> variables) {
        var reader = template.reader();
        return found(
                uri,
                decide(uri, template, variables),
                call -> reader.read(uri, variables, call),
                cacheControl(template.cacheControl(), template.requirements()));
    }

    private Lookup<ReadableResource> found(
            String uri, AccessDecision decision, Resource.Reader reader, CacheControl cacheControl) {
        return decision instanceof AccessDecision.Denied
                ? view.missing(TargetKind.RESOURCE, uri, decision, McpException.noSuchResource(uri))
                : CatalogView.found(new ReadableResource(reader, cacheControl), decision);
    }

    /**
     * Decides on the URI as it was sent, with its variables decoded, and with the variables as the reader receives them,
     * so that neither an encoded character nor another notation of a value evades a rule.
     */
    private AccessDecision decide(String uri, ResourceTemplate template, Map<String, String> variables) {
        var decision = decideOne(uri, template, variables);
        if (!view.access().control().isRestricted(template.requirements())) {
            return decision;
        }
        var decoded = withValues(template, variables);
        if (!decoded.equals(uri)) {
            decision = AccessControl.combine(decision, decideOne(decoded, template, variables));
        }
        var received =
                template.reader() instanceof ConvertedTexts converter ? converter.received(variables) : variables;
        return received.equals(variables)
                ? decision
                : AccessControl.combine(decision, decideOne(withValues(template, received), template, received));
    }

    private AccessDecision decideOne(String uri, ResourceTemplate template, Map<String, String> variables) {
        return view.decide(TargetKind.RESOURCE, uri, template.requirements(), () -> CatalogView.texts(variables));
    }

    /** Returns the URI with these values, which are not encoded; variables without a value stay in braces. */
    static String withValues(ResourceTemplate template, Map<String, String> variables) {
        var text = template.uriTemplate();
        var uri = new StringBuilder();
        int done = 0;
        for (var variable : template.variables()) {
            var braces = "{" + variable + "}";
            int start = text.indexOf(braces, done);
            uri.append(text, done, start).append(variables.getOrDefault(variable, braces));
            done = start + braces.length();
        }
        return uri.append(text, done, text.length()).toString();
    }

    private CacheControl cacheControl(CacheControl own, AccessRequirements requirements) {
        return own.shared() && view.access().control().isRestricted(requirements)
                ? new CacheControl(own.ttl(), false)
                : own;
    }
}
