package io.breakwater.server.interceptor;

import io.breakwater.server.execution.ExecutionMode;
import java.util.Objects;

/** The decision of an {@link Interceptor} before a call. */
public sealed interface Decision permits Decision.Proceed, Decision.Respond, Decision.SwitchExecutor, Refusal {

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
}
