package io.breakwater.core.presentation.interceptor;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import java.util.Set;

/**
 * Refuses calls beyond the rate limits. Runs after the check of scopes and before the call takes a permit, so that a call
 * that finds no permit has used its tokens, and cannot be repeated at will.
 *
 * <p>Messages that observe, continue or end a call that was counted take no tokens: the rounds of a call with client
 * requests, and the methods of tasks. A client that polls a task could otherwise not learn that it has ended.
 */
final class RateLimitInterceptor implements Interceptor {
    private static final Set<String> UNLIMITED_METHODS = Set.of("ping", "tasks/get", "tasks/update", "tasks/cancel");

    private final CallLimiter limiter;
    private final LimitedCallers callers;

    /**
     * Creates the interceptor.
     *
     * @param callers the callers to which the limits apply
     */
    RateLimitInterceptor(CallLimiter limiter, LimitedCallers callers) {
        this.limiter = limiter;
        this.callers = callers;
    }

    @Override
    public Decision before(InterceptedCall call) {
        if (isFree(call)) {
            return Decision.PROCEED;
        }
        var round = call.continuedRound();
        return round != null && limiter.isCounted(round)
                ? Decision.PROCEED
                : limiter.take(call, call.executionMode() == ExecutionMode.VIRTUAL);
    }

    /** Counts a call that was refused before it came here, so that its caller cannot repeat it at will. */
    void countRefused(InterceptedCall call) {
        if (!isFree(call)) {
            limiter.count(call);
        }
    }

    private boolean isFree(InterceptedCall call) {
        return isUnlimited(call) || !callers.include(call);
    }

    /** Returns true if calls of this method take no tokens, from any caller. */
    static boolean isUnlimited(InterceptedCall call) {
        return call.tool() == null && UNLIMITED_METHODS.contains(call.method());
    }
}
