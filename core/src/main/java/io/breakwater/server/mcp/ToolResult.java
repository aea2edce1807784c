package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a tool call (MCP {@code CallToolResult}). A tool that returns a record does not create one: its record
 * becomes {@code structuredContent} and a text block with the same JSON.
 *
 * @param content the blocks for the model; if it is empty, the server adds a text block with the JSON of
 *     {@code structured}
 * @param structured the structured result, or null
 * @param isError true if the tool failed
 * @param meta the {@code _meta} of the result; empty if there is none
 */
public record ToolResult(List<Content> content, @Nullable Json structured, boolean isError, Json.Obj meta) {

    /** Copies the blocks. */
    public ToolResult {
        content = List.copyOf(content);
    }

    /** Returns a result with one text block. */
    public static ToolResult text(String text) {
        return of(Content.text(Preconditions.notNull(text, "ToolResult", "text")));
    }

    /** Returns a result with these blocks. */
    public static ToolResult of(Content... content) {
        return new ToolResult(List.of(content), null, false, Json.Obj.EMPTY);
    }

    /** Returns a structured result; the server adds a text block with its JSON. */
    public static ToolResult structured(Json value) {
        return new ToolResult(List.of(), value, false, Json.Obj.EMPTY);
    }

    /** Returns a failed result with one text block. */
    public static ToolResult error(String text) {
        var block = Content.text(Preconditions.notNull(text, "ToolResult", "error"));
        return new ToolResult(List.of(block), null, true, Json.Obj.EMPTY);
    }
}
