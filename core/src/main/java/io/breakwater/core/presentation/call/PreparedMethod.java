package io.breakwater.core.presentation.call;

import io.breakwater.server.mcp.ToolDefinition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the method table of an era makes of a request.
 *
 * @param handler runs the method after the interceptors
 * @param target the name of the tool or prompt, or the URI of the resource; empty for other methods
 * @param tool the called tool, or null for other methods
 * @param requiredScopes all scopes that the request requires if the caller lacks one of them; empty otherwise
 */
public record PreparedMethod(
        MethodHandler handler, String target, @Nullable ToolDefinition tool, Set<String> requiredScopes) {

    /** Returns a method without a target. */
    public static PreparedMethod of(MethodHandler handler) {
        return new PreparedMethod(handler, "", null, Set.of());
    }

    /** Returns a method with a target that is not a tool. */
    public static PreparedMethod of(MethodHandler handler, String target) {
        return new PreparedMethod(handler, target, null, Set.of());
    }

    /** Returns this method with another handler. */
    public PreparedMethod withHandler(MethodHandler other) {
        return new PreparedMethod(other, target, tool, requiredScopes);
    }

    /** Returns this method with the scopes that the caller has to obtain. */
    public PreparedMethod withRequiredScopes(Set<String> scopes) {
        return scopes.isEmpty() ? this : new PreparedMethod(handler, target, tool, scopes);
    }
}
