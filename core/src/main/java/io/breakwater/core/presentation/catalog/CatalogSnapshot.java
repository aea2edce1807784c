package io.breakwater.core.presentation.catalog;

import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
