package io.breakwater.core.presentation.catalog;

import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tools, resources, templates and prompts of a server at one moment; each map has the order of its list. Immutable:
 * a change replaces the snapshot, so each reader sees a consistent catalog.
 */
public record CatalogSnapshot(
        Map<String, ToolEntry> tools,
        Map<String, Resource> resources,
        List<ResourceTemplate> templates,
        Map<String, Prompt> prompts) {

    /** The empty catalog. */
    public static final CatalogSnapshot EMPTY = new CatalogSnapshot(Map.of(), Map.of(), List.of(), Map.of());

    /** Copies the arguments in their order. */
    public CatalogSnapshot {
        tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        templates = List.copyOf(templates);
        prompts = Collections.unmodifiableMap(new LinkedHashMap<>(prompts));
    }

    /** Returns the names or URIs of all items of a kind; empty for tasks. */
    public Set<String> names(TargetKind kind) {
        return switch (kind) {
            case TOOL -> tools.keySet();
            case RESOURCE -> resources.keySet();
            case RESOURCE_TEMPLATE ->
                templates.stream()
                        .map(ResourceTemplate::uriTemplate)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            case PROMPT -> prompts.keySet();
            case TASK -> Set.of();
        };
    }

    CatalogSnapshot withTools(Map<String, ToolEntry> next) {
        return new CatalogSnapshot(next, resources, templates, prompts);
    }

    CatalogSnapshot withResources(Map<String, Resource> next) {
        return new CatalogSnapshot(tools, next, templates, prompts);
    }

    CatalogSnapshot withTemplates(List<ResourceTemplate> next) {
        return new CatalogSnapshot(tools, resources, next, prompts);
    }

    CatalogSnapshot withPrompts(Map<String, Prompt> next) {
        return new CatalogSnapshot(tools, resources, templates, next);
    }
}
