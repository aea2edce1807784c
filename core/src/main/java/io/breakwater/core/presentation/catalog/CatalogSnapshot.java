package io.breakwater.core.presentation.catalog;

import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a server offers at one moment; each map in the order of the lists. Never changed, only replaced, so
 * whoever holds one sees one consistent catalogue.
 */
public record CatalogSnapshot(
        Map<String, ToolEntry> tools,
        Map<String, Resource> resources,
        List<ResourceTemplate> templates,
        Map<String, Prompt> prompts) {

    /** Nothing yet. */
    public static final CatalogSnapshot EMPTY = new CatalogSnapshot(Map.of(), Map.of(), List.of(), Map.of());

    /** Copies, keeping the order. */
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
