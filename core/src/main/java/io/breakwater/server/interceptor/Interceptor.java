package io.breakwater.server.interceptor;

/**
 * One step of the guard. Every request passes the interceptors in their order. {@link #before} decides whether the call
 * continues. {@link #after} sees the outcome, in reverse order, for every interceptor whose {@code before} let the call
 * continue.
 *
 * <p>All calls share the interceptors, so an interceptor must not store state of one call. Both methods may run on an
 * event loop and must not block; a check that must wait returns {@link Decision.SwitchExecutor}, and is called again in
 * that execution mode, or {@link Decision.Defer}, which needs no thread. If a method throws, the call fails with an
 * internal error.
 */
public interface Interceptor {

    /** Decides whether the call continues. */
    default Decision before(InterceptedCall call) {
        return Decision.PROCEED;
    }

    /**
     * Releases resources when a call that passed {@link #before} starts to wait for a user. Must not block or throw.
     */
    default void onSuspend(InterceptedCall call) {}

    /**
     * Takes the resources again when the wait has ended, with or without a response, at once and even above a limit.
     * Must not block.
     */
    default void onResume(InterceptedCall call) {}

    /**
     * Receives the outcome, and may return another one. It is called exactly once for a call that passed
     * {@code before}.
     */
    default Outcome after(InterceptedCall call, Outcome outcome) {
        return outcome;
    }
}
