package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.concurrency.Rejection;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;

/** The refusals of calls that receive no permit. */
final class OverloadRefusals {
    private OverloadRefusals() {}

    /** Returns the refusal with a message for the caller, and the time after which a retry may succeed. */
    static Refusal refusal(Rejection rejection) {
        var retryAfter = rejection.retryAfter();
        return Refusal.of(ErrorCode.OVERLOADED, reason(rejection) + " Retry in " + RetryTime.text(retryAfter) + ".")
                .withRetryAfter(retryAfter);
    }

    private static String reason(Rejection rejection) {
        int limit = rejection.limit();
        return switch (rejection.reason()) {
            case SERVER_LIMIT -> "Too many concurrent calls: the limit is " + limit + ".";
            case CLASS_LIMIT -> "Too many concurrent calls of this kind: the limit is " + limit + " at present.";
            case PRINCIPAL_LIMIT -> "Too many of your calls run at the same time: the limit is " + limit + ".";
            case QUEUE_TIMEOUT -> "The server is overloaded: the call waited, and no capacity became free in time.";
            case DEADLINE ->
                "The call would not end before its deadline: calls of this kind take "
                        + RetryTime.text(rejection.serviceTime()) + " at present.";
        };
    }
}
