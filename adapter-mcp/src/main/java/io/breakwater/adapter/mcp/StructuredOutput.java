package io.breakwater.adapter.mcp;

import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.Map;

/**
 * Processes the result of a tool with an output schema as the SDK's server does: the structured content must be present
 * and conform to the schema, and it is repeated as text when the tool gave no content.
 *
 * <p>Each tool has its own validator, because the SDK's validator caches compiled schemas by {@code $id} or hash, which
 * two tools may share.
 */
final class StructuredOutput {
    private final String tool;
    private final Map<String, Object> schema;
    private final JsonSchemaValidator validator = new DefaultJsonSchemaValidator();

    StructuredOutput(String tool, Map<String, Object> schema) {
        this.tool = tool;
        this.schema = schema;
    }

    CallToolResult complete(CallToolResult result) {
        if (Boolean.TRUE.equals(result.isError())) {
            return result;
        }
        if (result.structuredContent() == null) {
            return failed("Response missing structured content which is expected when calling tool with non-empty"
                    + " outputSchema");
        }
        var validation = validator.validate(schema, result.structuredContent());
        return validation.valid()
                ? withTextContent(result, validation.jsonStructuredOutput())
                : failed("Tool (" + tool + ") output validation failed: " + validation.errorMessage());
    }

    private static CallToolResult withTextContent(CallToolResult result, String text) {
        if (result.content() != null && !result.content().isEmpty()) {
            return result;
        }
        return new CallToolResult(text(text), result.isError(), result.structuredContent(), result.meta());
    }

    private static CallToolResult failed(String message) {
        return CallToolResult.builder(text(message)).isError(true).build();
    }

    private static List<Content> text(String text) {
        return List.of(TextContent.builder(text).build());
    }
}
