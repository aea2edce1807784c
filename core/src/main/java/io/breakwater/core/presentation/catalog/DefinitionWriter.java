package io.breakwater.core.presentation.catalog;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.Icon;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes definitions as MCP lists them. It omits absent members, and never writes null. */
public final class DefinitionWriter {
    private DefinitionWriter() {}

    /**
     * Returns the definition of a tool.
     *
     * @param objectsOnly true for revisions before 2026-07-28, which allow only object schemas as output schemas
     */
    public static Json.Obj tool(ToolDefinition tool, boolean objectsOnly) {
        var output = tool.outputSchema();
        boolean isListed = output != null && (!objectsOnly || "object".equals(output.text("type")));
        var json = Json.object()
                .put("name", tool.name())
                .putIfPresent("title", tool.title())
                .put("description", tool.description())
                .put("inputSchema", tool.inputSchema())
                .putIfPresent("outputSchema", isListed ? output : null)
                .putIfPresent("annotations", hints(tool.hints()))
                .putIfPresent("icons", icons(tool.icons()))
                .putIfPresent("_meta", tool.meta().members().isEmpty() ? null : tool.meta());
        return json.build();
    }

    /** Returns the definition of a resource. */
    public static Json.Obj resource(Resource resource) {
        return Json.object()
                .put("uri", resource.uri())
                .put("name", resource.name())
                .putIfPresent("title", resource.title())
                .putIfPresent("description", resource.description())
                .putIfPresent("mimeType", resource.mimeType())
                .build();
    }

    /** Returns the definition of a resource template. */
    public static Json.Obj template(ResourceTemplate template) {
        return Json.object()
                .put("uriTemplate", template.uriTemplate())
                .put("name", template.name())
                .putIfPresent("title", template.title())
                .putIfPresent("description", template.description())
                .putIfPresent("mimeType", template.mimeType())
                .build();
    }

    /** Returns the definition of a prompt. */
    public static Json.Obj prompt(Prompt prompt) {
        var arguments = new ArrayList<Json>();
        for (var argument : prompt.arguments()) {
            arguments.add(Json.object()
                    .put("name", argument.name())
                    .putIfPresent("description", text(argument.description()))
                    .put("required", argument.required())
                    .build());
        }
        return Json.object()
                .put("name", prompt.name())
                .putIfPresent("title", prompt.title())
                .put("description", prompt.description())
                .putIfPresent("arguments", arguments.isEmpty() ? null : new Json.Arr(arguments))
                .build();
    }

    private static @Nullable Json text(String value) {
        return value.isBlank() ? null : Json.of(value);
    }

    private static @Nullable Json hints(ToolDefinition.Hints hints) {
        var json = Json.object()
                .putIfPresent("readOnlyHint", bool(hints.readOnly()))
                .putIfPresent("destructiveHint", bool(hints.destructive()))
                .putIfPresent("idempotentHint", bool(hints.idempotent()))
                .putIfPresent("openWorldHint", bool(hints.openWorld()))
                .build();
        return json.members().isEmpty() ? null : json;
    }

    private static @Nullable Json bool(@Nullable Boolean value) {
        return value == null ? null : Json.of(value.booleanValue());
    }

    private static @Nullable Json icons(List<Icon> icons) {
        return icons.isEmpty()
                ? null
                : new Json.Arr(icons.stream().map(Icon::json).toList());
    }
}
