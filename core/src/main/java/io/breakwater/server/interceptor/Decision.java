package io.breakwater.server.interceptor;

import io.breakwater.server.execution.ExecutionMode;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The decision of an {@link Interceptor} before a call. */
public sealed interface Decision
        permits Decision.Proceed, Decision.Respond, Decision.SwitchExecutor, Decision.Defer, Refusal {

    /** The call continues with the next interceptor. */
    Decision PROCEED = new Proceed();

    /** See {@link #PROCEED}. */
    record Proceed() implements Decision {}

    /** The call ends with this outcome; inner interceptors and the handler do not run. */
    record Respond(Outcome outcome) implements Decision {}

    /** The call switches to this execution mode, calls the same interceptor again there, and continues there. */
    record SwitchExecutor(ExecutionMode executionMode) implements Decision {
        /** Refuses null. */
        public SwitchExecutor {
            Objects.requireNonNull(executionMode, "SwitchExecutor does not accept null. Pass an execution mode.");
        }
    }

    /**
     * The decision comes later. The call waits for it without a thread, until its deadline at most, and then continues on
     * a virtual thread. If the stage completes exceptionally, the call fails with an internal error.
     *
     * <p>If the call ends before the stage completes, the decision has no effect, except that a {@code Proceed} is
     * followed by {@link Interceptor#after}, as for every call that was let through. An interceptor learns of the end
     * with {@link io.breakwater.port.CallContext#onCancel}.
     *
     * @param decision completes with any decision but {@code Defer}, on any thread
     */
    record Defer(CompletionStage<? extends Decision> decision) implements Decision {
        /** Refuses null. */
        public Defer {
            Objects.requireNonNull(decision, "Defer does not accept null. Pass a stage.");
        }
    }
}
