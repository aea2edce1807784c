package io.breakwater.core.presentation.call;

import io.breakwater.port.AccessDecision;
import io.breakwater.server.mcp.ToolDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the method table of an era makes of a request.
 *
 * @param handler runs the method after the interceptors
 * @param target the name of the tool or prompt, or the URI of the resource; empty for other methods
 * @param tool the called tool, or null for other methods
 * @param access the decision about the target
 * @param calledTools the names of the tools whose calls the call makes, one for each call
 * @param isDryRun true if the call is only described
 */
public record PreparedMethod(
        MethodHandler handler,
        String target,
        @Nullable ToolDefinition tool,
        AccessDecision access,
        List<String> calledTools,
        boolean isDryRun) {
    private static final AccessDecision NO_TARGET = new AccessDecision.Allowed("no target");

    /** Returns a method without a target. */
    public static PreparedMethod of(MethodHandler handler) {
        return of(handler, "");
    }

    /** Returns a method with a target that is not a tool. */
    public static PreparedMethod of(MethodHandler handler, String target) {
        return new PreparedMethod(handler, target, null, NO_TARGET, List.of(), false);
    }

    /** Returns this method with another handler. */
    public PreparedMethod withHandler(MethodHandler other) {
        return new PreparedMethod(other, target, tool, access, calledTools, isDryRun);
    }

    /** Returns this method with the decision about its target. */
    public PreparedMethod withAccess(AccessDecision decision) {
        return new PreparedMethod(handler, target, tool, decision, calledTools, isDryRun);
    }
}
