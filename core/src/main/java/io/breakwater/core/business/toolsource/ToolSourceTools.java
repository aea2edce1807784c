package io.breakwater.core.business.toolsource;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.breakwater.port.driven.ToolSource.Descriptor;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Tools of another house, as presentation wants them. */
public interface ToolSourceTools {

    /** The tools as they are now, in order. */
    List<Descriptor> tools();

    /**
     * Calls one. May block. The stage ends with an MCP {@code CallToolResult} object, or fails with a
     * {@link io.breakwater.port.PortException}, or with what {@code ToolContext.ask} unwinds by.
     */
    CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext conversation);

    /** Runs the action whenever {@link #tools} would answer differently. */
    void onChange(Runnable action);
}
