package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.driven.ToolSource.Descriptor;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.util.ToolNameValidator;
import java.util.Objects;

/** Maps a tool of the SDK to the port's descriptor, after the checks that the SDK's own server makes. */
final class DescriptorMapper {
    private final SdkJson json;
    private final JsonSchemaValidator schemas;

    DescriptorMapper(SdkJson json, JsonSchemaValidator schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    /**
     * Returns the descriptor of a tool.
     *
     * @throws IllegalArgumentException when MCP does not allow its name or one of its schemas
     */
    Descriptor of(McpSchema.Tool tool) {
        check(tool);
        var fields = json.object(tool);
        return new Descriptor(
                tool.name(),
                tool.title(),
                Objects.requireNonNullElse(tool.description(), ""),
                withObjectType(tool.name(), fields.object("inputSchema")),
                fields.get("outputSchema") instanceof Json.Obj schema ? schema : null,
                fields.object("annotations"),
                fields.get("icons") instanceof Json.Arr icons ? icons : Json.array(),
                fields.object("_meta"));
    }

    private void check(McpSchema.Tool tool) {
        ToolNameValidator.validate(tool.name(), true);
        schemas.assertConforms("Tool '" + tool.name() + "' inputSchema", tool.inputSchema());
        schemas.assertConforms("Tool '" + tool.name() + "' outputSchema", tool.outputSchema());
    }

    /** MCP requires {@code "type": "object"} at the root; the SDK lets a tool omit it, so it is added. */
    private static Json.Obj withObjectType(String tool, Json.Obj schema) {
        if (schema.has("type") && !"object".equals(schema.text("type"))) {
            throw new IllegalArgumentException("Tool '" + tool + "' inputSchema must have \"type\": \"object\" at its"
                    + " root; arguments are always an object");
        }
        if (schema.has("type")) {
            return schema;
        }
        var withObjectType = Json.object().put("type", "object");
        schema.members().forEach(withObjectType::put);
        return withObjectType.build();
    }
}
