package io.breakwater.server.mcp;

/**
 * The code of a tool.
 *
 * @param <A> the type of the arguments: a record, or {@code Json.Obj}
 * @param <R> the type of the result: a record, a sealed interface of records, {@code Json}, or {@link ToolResult}
 */
@FunctionalInterface
public interface Handler<A, R> {

    /**
     * Runs the tool. The arguments match the schema of the tool. Throw {@link ToolException} to report a failure to the
     * caller; any other exception is an internal error, of which the caller sees only the request id.
     */
    R handle(A arguments, Call call) throws Exception;
}
