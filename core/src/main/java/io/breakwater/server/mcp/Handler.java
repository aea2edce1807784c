package io.breakwater.server.mcp;

/**
 * What a tool does.
 *
 * @param <A> the arguments: a record, or {@code Json.Obj}
 * @param <R> the result: a record, {@code Json}, or {@link ToolResult}
 */
@FunctionalInterface
public interface Handler<A, R> {

    /**
     * Does the work. The arguments have passed the tool's schema. Throw {@link ToolException} to tell the caller what
     * went wrong; anything else that is thrown is a fault of ours, and the caller only learns the request id.
     */
    R handle(A arguments, Call call) throws Exception;
}
