package io.breakwater.core.business.ratelimit;

import io.breakwater.port.driven.RateLimits.BucketKey;
import java.io.Serial;

/** A call makes more calls of tools than a limit ever admits at once, so that waiting does not help. */
final class TooManyCallsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient BucketKey key;
    private final int calls;
    private final int most;

    TooManyCallsException(BucketKey key, int calls, int most) {
        super("A call makes " + calls + " calls, and its limit admits at most " + most, null, false, false);
        this.key = key;
        this.calls = calls;
        this.most = most;
    }

    RateLimitDecision.TooManyCalls decision() {
        return new RateLimitDecision.TooManyCalls(RateLimitLevel.of(key), calls, most);
    }
}
