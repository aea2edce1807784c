package io.breakwater.core.presentation.interceptor;

import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;

/** Decides whether the rate limits admit a call. */
public interface CallLimiter {

    /**
     * Takes the tokens of a call.
     *
     * @param mayWait whether this thread may wait for a shared store; if it may not, the decision may be to switch to
     *     another one
     */
    Decision take(InterceptedCall call, boolean mayWait);

    /** Takes the tokens of a call that is refused for another reason; it never waits. */
    void count(InterceptedCall call);

    /** Returns whether a round belongs to a call whose tokens were taken. True once for each round. */
    boolean isCounted(String round);
}
