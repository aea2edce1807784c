package io.breakwater.core.presentation.call;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import org.jspecify.annotations.Nullable;

/** The implementation of a method, which runs after the interceptors. */
public interface MethodHandler {

    /** The execution mode in which {@link #run} has to run next. */
    ExecutionMode executionMode();

    /**
     * Returns an outcome that is available on the thread on which the call arrived, or null to continue with
     * {@link #run}. Never blocks.
     */
    default @Nullable Outcome tryFast(ActiveCall call) {
        return null;
    }

    /**
     * Runs the method. {@link OutcomeMapping} maps exceptions to outcomes.
     *
     * @return the outcome, or null to run again in {@link #executionMode}, which has changed
     */
    @Nullable
    Outcome run(ActiveCall call) throws Exception;

    /** Returns an alternative outcome for a call that failed or timed out. Never blocks. */
    default Outcome fallback(ActiveCall call, Outcome outcome) {
        return outcome;
    }

    /** Creates a handler that runs inline and never blocks. */
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
        /** Runs the method. */
        Outcome run(ActiveCall call) throws Exception;
    }
}
