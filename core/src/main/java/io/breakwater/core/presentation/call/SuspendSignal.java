package io.breakwater.core.presentation.call;

import io.breakwater.server.interceptor.Outcome;
import java.io.Serial;

/**
 * Leaves a handler from the inside because its call has an outcome: the client must be asked, or the work was put off.
 * An {@link Error}, so that a handler's {@code catch (Exception)} does not swallow it.
 */
public final class SuspendSignal extends Error {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    /** With the outcome of the call. */
    public SuspendSignal(Outcome outcome) {
        super("not an error: the call waits for responses of the client", null, false, false);
        this.outcome = outcome;
    }

    /** The outcome of the call. */
    public Outcome outcome() {
        return outcome;
    }
}
