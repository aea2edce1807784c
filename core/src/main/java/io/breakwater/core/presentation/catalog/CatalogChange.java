package io.breakwater.core.presentation.catalog;

import io.breakwater.port.AccessRequirements;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of one list of the catalog.
 *
 * @param kind the list
 * @param items the items that were added and removed; null if the catalog is the same, but callers may see other items
 *     of it
 */
public record CatalogChange(Registry.Kind kind, @Nullable List<Item> items) {

    /**
     * An item that was added or removed.
     *
     * @param requirements what its definition requires of callers
     */
    public record Item(TargetKind kind, String name, AccessRequirements requirements) {
        static Item of(ToolEntry tool) {
            return new Item(TargetKind.TOOL, tool.name(), tool.definition().requirements());
        }

        static Item of(Resource resource) {
            return new Item(TargetKind.RESOURCE, resource.uri(), resource.requirements());
        }

        static Item of(ResourceTemplate template) {
            return new Item(TargetKind.RESOURCE_TEMPLATE, template.uriTemplate(), template.requirements());
        }

        static Item of(Prompt prompt) {
            return new Item(TargetKind.PROMPT, prompt.name(), prompt.requirements());
        }
    }
}
