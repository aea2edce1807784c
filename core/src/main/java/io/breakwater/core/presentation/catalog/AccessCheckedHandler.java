package io.breakwater.core.presentation.catalog;

import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Handler;

/**
 * A handler whose arguments must be evaluated before it is known what the call would use. The server asks it before it
 * calls the handler, and before it returns the stored result of an earlier call, because the caller may have lost its right
 * to that.
 *
 * @param <A> the type of the arguments
 * @param <R> the type of the result
 */
public interface AccessCheckedHandler<A, R> extends Handler<A, R> {

    /**
     * Returns if the caller may make this call.
     *
     * @throws io.breakwater.server.mcp.ToolException if the access rules deny it
     */
    void checkAccess(A arguments, Call call);
}
