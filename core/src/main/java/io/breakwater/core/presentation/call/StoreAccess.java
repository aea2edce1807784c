package io.breakwater.core.presentation.call;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.server.execution.ExecutionMode;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The access to a store of sessions or tasks. A store in memory is used on the current thread. Any other store may
 * block and is used on virtual threads only, so that no event loop and no timer waits for it. Thread-safe.
 */
public final class StoreAccess {
    private final CallRuntime runtime;
    private final boolean mayBlock;
    private final CallContext untimed;

    /** Creates the access to stores of which at least one may block, or none. */
    public StoreAccess(CallRuntime runtime, boolean mayBlock) {
        this.runtime = runtime;
        this.mayBlock = mayBlock;
        this.untimed = new UntimedContext("store", runtime.limits().deadline());
    }

    /** True if the store may block. */
    public boolean mayBlock() {
        return mayBlock;
    }

    /** Returns a context for access outside calls, which has the time of one call. */
    public CallContext context() {
        return mayBlock ? new StoreContext(runtime) : untimed;
    }

    /** Returns the executor for access to the store. */
    public Executor executor() {
        return runtime.executors().on(mayBlock ? ExecutionMode.VIRTUAL : ExecutionMode.INLINE);
    }

    /** Runs an action that needs no result, or drops it when the executors are full or closed. */
    public void execute(Runnable action) {
        try {
            executor().execute(action);
        } catch (RejectedExecutionException full) {
            // the callers are timers, which try again, unless the server is closed
        }
    }

    /** Creates a handler for a method that uses the store; it refuses the call while the store is not available. */
    public MethodHandler handler(MethodHandler.Inline work) {
        return offLoop(onCurrentThread(work));
    }

    /**
     * Creates a handler for a method whose thread may wait for the store; it refuses the call while the store is not
     * available.
     */
    public static MethodHandler onCurrentThread(MethodHandler.Inline work) {
        return MethodHandler.inline(call -> {
            try {
                return work.run(call);
            } catch (PortException failure) {
                call.setFailureReason(String.valueOf(failure.getMessage()));
                return RefusalMapping.storeOutage(failure);
            }
        });
    }

    /** Returns the handler itself, or one that runs on a virtual thread where the handler would run inline. */
    public MethodHandler offLoop(MethodHandler handler) {
        return mayBlock ? new BlockingHandler(handler) : handler;
    }
}
