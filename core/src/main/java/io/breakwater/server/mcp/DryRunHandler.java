package io.breakwater.server.mcp;

import io.breakwater.port.Json;

/**
 * A handler that can tell what a call would do. The server asks it for a dry run of a call, after the access rules, the
 * limits and the arguments were checked; {@link #handle} does not run then. A dry run of a tool with another handler says
 * that the handler was not asked.
 *
 * <pre>{@code
 * .handler(DryRunHandler.of(
 *         (order, call) -> orders.cancel(order.number()),
 *         (order, call) -> Json.object().put("cancels", order.number()).build()))
 * }</pre>
 *
 * @param <A> the type of the arguments
 * @param <R> the type of the result
 */
public interface DryRunHandler<A, R> extends Handler<A, R> {

    /**
     * Describes what {@link #handle} would do with these arguments. It may read, and must change nothing: no data, no
     * message to another system that changes something. The call refuses client requests and {@link Call#runOnce}, and
     * does not become a task. An exception has the same meaning as in {@link #handle}; throw it if {@link #handle} would
     * refuse the call.
     *
     * @return the description, without secrets such as credentials for other systems: the caller receives it
     */
    Json dryRun(A arguments, Call call) throws Exception;

    /** Returns a handler of these two functions. */
    static <A, R> DryRunHandler<A, R> of(Handler<A, R> handler, Description<A> description) {
        Preconditions.notNull(handler, "DryRunHandler", "of");
        Preconditions.notNull(description, "DryRunHandler", "of");
        return new DryRunHandler<>() {
            @Override
            public R handle(A arguments, Call call) throws Exception {
                return handler.handle(arguments, call);
            }

            @Override
            public Json dryRun(A arguments, Call call) throws Exception {
                return description.describe(arguments, call);
            }
        };
    }

    /**
     * Describes a call.
     *
     * @param <A> the type of the arguments
     */
    @FunctionalInterface
    interface Description<A> {
        /** See {@link DryRunHandler#dryRun}. */
        Json describe(A arguments, Call call) throws Exception;
    }
}
