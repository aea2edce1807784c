package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tool call ends with (MCP {@code CallToolResult}). Tools that give a record never build one: their record
 * becomes {@code structuredContent}, and a text block with the same JSON.
 *
 * @param content the blocks for the model; may be empty when {@code structured} says it all, then the text block with
 *     the JSON is added on the way out
 * @param structured machine-readable result, or null
 * @param isError true when the tool failed at its work
 * @param meta the result's {@code _meta}; empty when there is none
 */
public record ToolResult(List<Content> content, @Nullable Json structured, boolean isError, Json.Obj meta) {

    /** Copies the blocks. */
    public ToolResult {
        content = List.copyOf(content);
    }

    /** One block of text. */
    public static ToolResult text(String text) {
        return of(Content.text(text));
    }

    /** These blocks. */
    public static ToolResult of(Content... content) {
        return new ToolResult(List.of(content), null, false, Json.Obj.EMPTY);
    }

    /** A structured result; the text block is made of it. */
    public static ToolResult structured(Json value) {
        return new ToolResult(List.of(), value, false, Json.Obj.EMPTY);
    }

    /** A failure in words. */
    public static ToolResult error(String text) {
        return new ToolResult(List.of(Content.text(text)), null, true, Json.Obj.EMPTY);
    }
}
