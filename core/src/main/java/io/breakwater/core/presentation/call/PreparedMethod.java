package io.breakwater.core.presentation.call;

import io.breakwater.server.mcp.ToolDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What the method table of an era makes of a request.
 *
 * @param handler runs the method after the interceptors
 * @param target the name of the tool or prompt, or the URI of the resource; empty for other methods
 * @param tool the called tool, or null for other methods
 */
public record PreparedMethod(
        MethodHandler handler, String target, @Nullable ToolDefinition tool) {

    /** Returns a method without a target. */
    public static PreparedMethod of(MethodHandler handler) {
        return new PreparedMethod(handler, "", null);
    }

    /** Returns a method with a target that is not a tool. */
    public static PreparedMethod of(MethodHandler handler, String target) {
        return new PreparedMethod(handler, target, null);
    }
}
