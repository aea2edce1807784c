package io.breakwater.core.presentation.call;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.ToolResult;
import org.jspecify.annotations.Nullable;

/** Writes results without their closing brace, so that each era can add its own members. */
public final class ResultWriter {
    private ResultWriter() {}

    /**
     * Writes a {@code CallToolResult} without its closing brace.
     *
     * @param objectsOnly true for revisions before 2026-07-28, whose structured content is an object
     */
    public static void tool(JsonWriter out, ToolResult result, boolean objectsOnly) {
        byte[] structured = result.structured() == null ? null : JsonWriter.bytes(result.structured());
        out.ascii("{\"content\":[");
        content(out, result, structured);
        out.character(']');
        if (structured != null && (!objectsOnly || structured[0] == '{')) {
            out.ascii(",\"structuredContent\":").raw(structured);
        }
        if (result.isError()) {
            out.ascii(",\"isError\":true");
        }
    }

    /** Writes the content; a structured result without content gets its JSON as text, which older clients read. */
    private static void content(JsonWriter out, ToolResult result, byte @Nullable [] structured) {
        if (result.content().isEmpty() && structured != null) {
            out.ascii("{\"type\":\"text\",\"text\":").quotedJson(structured).character('}');
        }
        boolean first = true;
        for (var block : result.content()) {
            if (!first) {
                out.character(',');
            }
            first = false;
            block(out, block);
        }
    }

    private static void block(JsonWriter out, Content block) {
        if (block instanceof Content.Text(String text)) {
            out.ascii("{\"type\":\"text\",\"text\":").string(text).character('}');
        } else {
            out.json(block.json());
        }
    }

    /** Writes a result object without its closing brace. */
    public static void open(JsonWriter out, Json result) {
        byte[] bytes = JsonWriter.bytes(result);
        out.raw(bytes, 0, bytes.length - 1);
    }

    /** True when a result has no members, so that the next one needs no comma. */
    public static boolean empty(Json result) {
        return result instanceof Json.Obj(var members) && members.isEmpty();
    }
}
