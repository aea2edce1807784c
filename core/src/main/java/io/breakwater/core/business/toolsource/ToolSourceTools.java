package io.breakwater.core.business.toolsource;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.breakwater.port.driven.ToolSource.Descriptor;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The tools of a tool source. */
public interface ToolSourceTools {

    /** Returns the current tools, in order. */
    List<Descriptor> tools();

    /**
     * Calls a tool. May block. The stage completes with an MCP {@code CallToolResult} object, or fails with a {@link
     * io.breakwater.port.PortException} or with the exception by which {@code ToolContext.ask} suspends the call.
     */
    CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext context);

    /** Runs the action whenever the result of {@link #tools} may have changed. */
    void onChange(Runnable action);
}
