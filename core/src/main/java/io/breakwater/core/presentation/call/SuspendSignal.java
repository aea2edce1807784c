package io.breakwater.core.presentation.call;

import io.breakwater.server.interceptor.Outcome;
import java.io.Serial;

/**
 * Unwinds a handler whose call has an outcome, for example because it requests input from the client. It is an
 * {@link Error}, so that {@code catch (Exception)} in a handler does not catch it.
 */
public final class SuspendSignal extends Error {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    /** Creates the signal with the outcome of the call. */
    public SuspendSignal(Outcome outcome) {
        super("not an error: the call waits for responses of the client", null, false, false);
        this.outcome = outcome;
    }

    /** The outcome of the call. */
    public Outcome outcome() {
        return outcome;
    }
}
