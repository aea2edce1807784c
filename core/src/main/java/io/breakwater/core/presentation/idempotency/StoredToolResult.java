package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.ToolResult;
import java.util.ArrayList;

/** Converts results of tools to and from the JSON that is stored under a key: the members of a {@code CallToolResult}. */
final class StoredToolResult {
    private StoredToolResult() {}

    static Json.Raw write(ToolResult result) {
        var blocks = result.content().stream().<Json>map(Content::json).toList();
        var stored = Json.object()
                .put("content", new Json.Arr(blocks))
                .putIfPresent("structuredContent", result.structured())
                .put("isError", result.isError())
                .put("_meta", result.meta())
                .build();
        return new Json.Raw(JsonWriter.bytes(stored));
    }

    static ToolResult read(Json.Raw stored) {
        var result = (Json.Obj) ParsedJson.read(stored.utf8()).json();
        var content = new ArrayList<Content>();
        if (result.get("content") instanceof Json.Arr(var blocks)) {
            blocks.forEach(block -> content.add(new Content.Other((Json.Obj) block)));
        }
        return new ToolResult(
                content,
                result.get("structuredContent"),
                result.get("isError") == Json.Bool.TRUE,
                result.object("_meta"));
    }
}
