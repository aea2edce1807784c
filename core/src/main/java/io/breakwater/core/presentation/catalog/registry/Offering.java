package io.breakwater.core.presentation.catalog.registry;

import io.breakwater.core.presentation.catalog.Prompt;
import io.breakwater.core.presentation.catalog.Resource;
import io.breakwater.core.presentation.catalog.ResourceTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a server offers at one moment; each map in the order of the lists. Never changed, only replaced, so whoever
 * holds one sees one consistent catalogue.
 */
public record Offering(
        Map<String, ToolEntry> tools,
        Map<String, Resource> resources,
        List<ResourceTemplate> templates,
        Map<String, Prompt> prompts) {

    /** Nothing yet. */
    public static final Offering EMPTY = new Offering(Map.of(), Map.of(), List.of(), Map.of());

    /** Copies, keeping the order. */
    public Offering {
        tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        templates = List.copyOf(templates);
        prompts = Collections.unmodifiableMap(new LinkedHashMap<>(prompts));
    }

    Offering withTools(Map<String, ToolEntry> next) {
        return new Offering(next, resources, templates, prompts);
    }

    Offering withResources(Map<String, Resource> next) {
        return new Offering(tools, next, templates, prompts);
    }

    Offering withTemplates(List<ResourceTemplate> next) {
        return new Offering(tools, resources, next, prompts);
    }

    Offering withPrompts(Map<String, Prompt> next) {
        return new Offering(tools, resources, templates, next);
    }
}
