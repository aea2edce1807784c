package io.breakwater.core.presentation.call;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import org.jspecify.annotations.Nullable;

/** Runs an inline handler on a virtual thread, because a store that it uses may block: its work is the access to the store. */
record BlockingHandler(MethodHandler handler) implements MethodHandler {

    @Override
    public ExecutionMode executionMode() {
        var mode = handler.executionMode();
        return mode == ExecutionMode.INLINE ? ExecutionMode.VIRTUAL : mode;
    }

    @Override
    public @Nullable Outcome tryFast(ActiveCall call) {
        return handler.tryFast(call);
    }

    @Override
    public @Nullable Outcome run(ActiveCall call) throws Exception {
        call.handlerStarts();
        var outcome = handler.run(call);
        call.handlerReturned();
        return outcome;
    }

    @Override
    public Outcome fallback(ActiveCall call, Outcome outcome) {
        return handler.fallback(call, outcome);
    }
}
