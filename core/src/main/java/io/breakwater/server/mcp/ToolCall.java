package io.breakwater.server.mcp;

import io.breakwater.port.Json;

/**
 * A call of a tool that another tool makes, for example an item of a batch.
 *
 * @param tool the name of the tool that is called
 * @param arguments the arguments of the call
 */
public record ToolCall(String tool, Json.Obj arguments) {
    /** Refuses null. */
    public ToolCall {
        Preconditions.notNull(tool, "ToolCall", "tool");
        Preconditions.notNull(arguments, "ToolCall of " + tool, "arguments");
    }
}
