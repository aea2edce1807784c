package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.driven.ToolSource.Descriptor;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.util.ToolNameValidator;
import java.util.Objects;

/** Describes a tool of the SDK in the port's words, after the checks that the SDK's own server makes. */
final class DescriptorMapper {
    private final SdkJson json;
    private final JsonSchemaValidator schemas;

    DescriptorMapper(SdkJson json, JsonSchemaValidator schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    /**
     * The descriptor of that tool.
     *
     * @throws IllegalArgumentException when its name or one of its schemas is not what MCP allows
     */
    Descriptor of(McpSchema.Tool tool) {
        check(tool);
        var written = json.object(tool);
        return new Descriptor(
                tool.name(),
                tool.title(),
                Objects.requireNonNullElse(tool.description(), ""),
                rooted(tool.name(), written.object("inputSchema")),
                written.get("outputSchema") instanceof Json.Obj schema ? schema : null,
                written.object("annotations"),
                written.get("icons") instanceof Json.Arr icons ? icons : Json.array(),
                written.object("_meta"));
    }

    private void check(McpSchema.Tool tool) {
        ToolNameValidator.validate(tool.name(), true);
        schemas.assertConforms("Tool '" + tool.name() + "' inputSchema", tool.inputSchema());
        schemas.assertConforms("Tool '" + tool.name() + "' outputSchema", tool.outputSchema());
    }

    /** MCP wants an object schema at the root; the SDK lets a tool leave the word out, so it is put in. */
    private static Json.Obj rooted(String tool, Json.Obj schema) {
        if (schema.has("type") && !"object".equals(schema.text("type"))) {
            throw new IllegalArgumentException("Tool '" + tool + "' inputSchema must have \"type\": \"object\" at its"
                    + " root; arguments are always an object");
        }
        if (schema.has("type")) {
            return schema;
        }
        var rooted = Json.object().put("type", "object");
        schema.members().forEach(rooted::put);
        return rooted.build();
    }
}
