package io.breakwater.core.presentation.interceptor;

import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;

/** Decides whether the quotas of a caller admit a call. */
public interface CallQuotas {

    /**
     * Takes what a call needs from the quotas of its caller.
     *
     * @param mayWait whether this thread may wait for the store; if it may not, the decision may be to switch to another
     *     one
     */
    Decision take(InterceptedCall call, boolean mayWait);

    /** Returns whether a round belongs to a call that was counted. True once for each round. */
    boolean isCounted(String round);
}
