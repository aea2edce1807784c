package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.ratelimit.LimitedCall;
import io.breakwater.core.business.ratelimit.RateLimitDecision.Admitted;
import io.breakwater.core.business.ratelimit.RateLimitDecision.Limited;
import io.breakwater.core.business.ratelimit.RateLimitDecision.TooManyCalls;
import io.breakwater.core.business.ratelimit.RateLimitDecision.Undecided;
import io.breakwater.core.business.ratelimit.RateLimitLevel;
import io.breakwater.core.business.ratelimit.RateLimiter;
import io.breakwater.core.business.ratelimit.RateLimiter.AppliedLimit;
import io.breakwater.core.metrics.RateLimitMeter;
import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.port.driving.RateLimitFields;
import io.breakwater.port.support.NetworkAddress;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the {@link RateLimiter}, and explains its decision to the caller. */
public final class RateLimitDecisions implements CallLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimitDecisions.class);
    private static final Decision SWITCH = new Decision.SwitchExecutor(ExecutionMode.VIRTUAL);

    private final RateLimiter limiter;
    private final RateLimitMeter meter;
    private final Executor background;

    /**
     * Creates the decisions of a limiter.
     *
     * @param meter counts refused calls
     * @param background runs what may wait for a shared store
     */
    public RateLimitDecisions(RateLimiter limiter, RateLimitMeter meter, Executor background) {
        this.limiter = limiter;
        this.meter = meter;
        this.background = background;
    }

    @Override
    public boolean isCounted(String round) {
        return limiter.continuesCountedCall(round);
    }

    @Override
    public Decision take(InterceptedCall call, boolean mayWait) {
        return switch (limiter.take(limited(call), mayWait)) {
            case Admitted ignored -> Decision.PROCEED;
            case Undecided ignored -> SWITCH;
            case Limited limited -> refuse(call, limited);
            case TooManyCalls tooMany -> refuse(call, tooMany);
        };
    }

    /**
     * Asks a shared store in the background. There is little to do: once the limits are exhausted, the server knows it
     * without asking.
     */
    @Override
    public void count(InterceptedCall call) {
        var limited = limited(call);
        if (limiter.take(limited, false) instanceof Undecided) {
            try {
                background.execute(() -> limiter.take(limited, true));
            } catch (RejectedExecutionException closing) {
                LOG.debug("A refused call is not counted: the server is closing.", closing);
            }
        }
    }

    /** Returns the limits that apply to a call. Takes nothing. */
    List<AppliedLimit> limits(InterceptedCall call) {
        return limiter.limits(limited(call));
    }

    private static LimitedCall limited(InterceptedCall call) {
        var principal = call.principal();
        boolean anonymous = principal.isAnonymous();
        var tool = call.tool();
        return new LimitedCall(
                anonymous ? Scope.NETWORK : Scope.PRINCIPAL,
                anonymous ? NetworkAddress.network(call.remoteAddress()) : principal.id(),
                tool == null ? null : tool.name(),
                call.calledTools());
    }

    private Refusal refuse(InterceptedCall call, Limited limited) {
        count(call, limited.level());
        var limit = limited.limit();
        var after = roundUp(limited.retryAfter());
        var message = "Too many calls" + subject(limited) + ": the limit is " + text(limit) + ". Retry in "
                + RetryTime.text(after) + ".";
        return Refusal.of(ErrorCode.RATE_LIMITED, message)
                .withRetryAfter(after)
                .withRateLimit(new RateLimitFields(limited.level().word(), limit.calls(), limit.period(), after));
    }

    private Refusal refuse(InterceptedCall call, TooManyCalls tooMany) {
        count(call, tooMany.level());
        return Refusal.of(
                ErrorCode.INVALID_PARAMS,
                "This call makes " + tooMany.calls() + " calls, and the rate limits admit at most " + tooMany.most()
                        + " at once. Divide it into smaller ones.");
    }

    private void count(InterceptedCall call, RateLimitLevel level) {
        var tool = call.tool();
        meter.record(level.word(), tool == null ? null : tool.name());
    }

    private static String subject(Limited limited) {
        return switch (limited.level()) {
            case PRINCIPAL_TOOL -> " of tool " + limited.tool();
            case PRINCIPAL -> "";
            case TOOL -> " of tool " + limited.tool() + " by all callers";
            case GLOBAL -> " by all callers";
        };
    }

    private static String text(RateLimit limit) {
        return limit.calls() + " in " + text(limit.period()) + ", " + limit.burst() + " of them at once";
    }

    private static String text(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Returns whole milliseconds, which is what the caller receives, so that it does not come back too early. */
    private static Duration roundUp(Duration time) {
        return Duration.ofMillis(Math.ceilDiv(time.toNanos(), 1_000_000L));
    }
}
