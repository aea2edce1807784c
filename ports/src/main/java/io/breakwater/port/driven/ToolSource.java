package io.breakwater.port.driven;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tools that come from elsewhere: written for another library, mounted from another server, read from a document. They
 * are listed beside our own and pass the same guard. Contract: {@code ToolSourceContract}.
 */
public interface ToolSource {

    /** The tools as they are now; the order is kept. */
    List<Descriptor> tools();

    /**
     * Calls one of them. The stage ends with an MCP {@code CallToolResult} object ({@code content},
     * {@code structuredContent}, {@code isError}, {@code _meta}), or with a {@link io.breakwater.port.PortException}.
     * May block: it is called on a thread that can wait.
     *
     * <p>The {@link Error} by which {@link ToolContext#ask} unwinds leaves this method as that same object, thrown or
     * as the stage's failure, even where the tool's own code caught it: whoever waits for the answer hears of the
     * question. A tool that is not offered is a {@code RefusedException}. When the scope is cancelled the stage ends
     * soon, and nobody looks at how.
     */
    CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext context);

    /** Runs the action whenever {@link #tools} would answer differently. */
    void onChange(Runnable action);

    /**
     * One tool, as MCP describes it.
     *
     * @param name matches {@code [A-Za-z0-9_.-]{1,128}}
     * @param title for people, or null
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
