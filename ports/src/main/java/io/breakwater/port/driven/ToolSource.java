package io.breakwater.port.driven;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Supplies tools from another library, another server or a document. The server lists them with its own tools, and they
 * pass the same guard. Contract: {@code ToolSourceContract}.
 */
public interface ToolSource {

    /** Returns the current tools, in a stable order. */
    List<Descriptor> tools();

    /**
     * Calls a tool. The stage ends with an MCP {@code CallToolResult} object ({@code content},
     * {@code structuredContent}, {@code isError}, {@code _meta}), or with a {@link io.breakwater.port.PortException}.
     * May block: it is called on a thread that can wait.
     *
     * <p>The {@link Error} with which {@link ToolContext#request} unwinds must leave this method as the same object,
     * thrown or as the failure of the stage, even if the code of the tool caught it; otherwise the client does not
     * receive the client request. An unknown tool is a {@code RefusedException}. When the call is cancelled, the stage
     * must end soon; its result is ignored.
     */
    CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext toolContext);

    /** Runs the action whenever the result of {@link #tools} changes. */
    void onChange(Runnable action);

    /**
     * A tool, as in MCP.
     *
     * @param name matches {@code [A-Za-z0-9_.-]{1,128}}
     * @param title the title for display, or null
     * @param inputSchema JSON Schema whose root is an object schema
     * @param outputSchema JSON Schema of {@code structuredContent}, or null
     * @param annotations {@code readOnlyHint} and the like; empty when there are none
     * @param icons the tool's {@code icons}; empty when there are none
     * @param meta the tool's {@code _meta}; empty when there is none
     */
    record Descriptor(
            String name,
            @Nullable String title,
            String description,
            Json.Obj inputSchema,
            Json.@Nullable Obj outputSchema,
            Json.Obj annotations,
            Json.Arr icons,
            Json.Obj meta) {}
}
