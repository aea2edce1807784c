package io.breakwater.server.interceptor;

import io.breakwater.server.mcp.Call;

/**
 * One step of the guard. Every request passes the interceptors in their order; {@link #before} decides whether it goes
 * on, {@link #after} sees how it ended, in reverse order, for every interceptor whose {@code before} let it pass.
 *
 * <p>Interceptors are shared by all calls: keep no state in them that belongs to one. Both methods may run on an event
 * loop and must not block; a check that has to wait answers {@link Decision.SwitchExecutor} and is asked again on that
 * lane. What they throw is a fault of ours and fails the call: a guard that cannot decide denies.
 */
public interface Interceptor {

    /** Decides whether the call goes on. */
    default Decision before(Call call) {
        return Decision.PROCEED;
    }

    /**
     * The call, which passed {@link #before}, begins to wait for a human: gives back what others could use meanwhile.
     * Must not block or throw.
     */
    default void onSuspend(Call call) {}

    /** The wait is over, with an answer or without: takes it again, at once and whatever the bounds. */
    default void onResume(Call call) {}

    /** Sees the outcome, and may give another one back. Called exactly once for a call that passed {@code before}. */
    default Outcome after(Call call, Outcome outcome) {
        return outcome;
    }
}
