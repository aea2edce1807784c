package io.breakwater.core.presentation.call;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import org.jspecify.annotations.Nullable;

/** What a request asks to be done once the guard has let it pass. */
public interface MethodHandler {

    /** Where {@link #run} wants to be next. */
    ExecutionMode executionMode();

    /**
     * What can be decided on the thread the call arrived on, before it changes lanes: the outcome, or null to go on.
     * Never blocks.
     */
    default @Nullable Outcome tryFast(ActiveCall call) {
        return null;
    }

    /**
     * Does it. What it throws becomes an outcome in one place.
     *
     * @return the outcome, or null to be called again on {@link #executionMode}, which is another one now
     */
    @Nullable
    Outcome run(ActiveCall call) throws Exception;

    /** What the client is told instead of this outcome, when the call threw or its time is over. Never blocks. */
    default Outcome fallback(ActiveCall call, Outcome outcome) {
        return outcome;
    }

    /** Something that never blocks and is done at once. */
    static MethodHandler inline(Inline work) {
        return new MethodHandler() {
            @Override
            public ExecutionMode executionMode() {
                return ExecutionMode.INLINE;
            }

            @Override
            public Outcome run(ActiveCall call) throws Exception {
                return work.run(call);
            }
        };
    }

    /** See {@link #inline}. */
    @FunctionalInterface
    interface Inline {
        /** Does it. */
        Outcome run(ActiveCall call) throws Exception;
    }
}
