package io.breakwater.core.business.ratelimit;

import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision;
import io.breakwater.port.driven.RateLimits.Decision.Admitted;
import io.breakwater.port.driven.RateLimits.Decision.Refused;
import io.breakwater.server.settings.RateLimitSettings;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Admits the calls that stay within all their rate limits. Thread-safe. */
public final class RateLimiter {
    private final CallCharges charges;
    private final TokenBuckets buckets;
    private final CountedRounds rounds;

    /**
     * Creates a limiter.
     *
     * @param ownLimits returns the limit in the definition of a tool, or null
     */
    public RateLimiter(
            RateLimitSettings settings,
            Function<String, @Nullable RateLimit> ownLimits,
            TokenBuckets buckets,
            CountedRounds rounds) {
        this.charges = new CallCharges(settings, ownLimits);
        this.buckets = buckets;
        this.rounds = rounds;
    }

    /** Returns whether a call continues a call that was counted, so that it takes no tokens. True once for each round. */
    public boolean continuesCountedCall(@Nullable String round) {
        return round != null && rounds.isFirst(round);
    }

    /**
     * Takes the tokens of a call.
     *
     * @param mayWait whether this thread may wait for the shared store
     */
    public RateLimitDecision take(LimitedCall call, boolean mayWait) {
        try {
            var taken = charges.of(call);
            if (taken.isEmpty()) {
                return RateLimitDecision.ADMITTED;
            }
            var decision = mayWait ? buckets.take(taken) : buckets.takeLocally(taken);
            return decision == null ? RateLimitDecision.UNDECIDED : decision(decision, taken);
        } catch (TooManyCallsException tooMany) {
            return tooMany.decision();
        }
    }

    private static RateLimitDecision decision(Decision decision, List<Charge> charges) {
        return switch (decision) {
            case Admitted ignored -> RateLimitDecision.ADMITTED;
            case Refused refused -> limited(charges.get(refused.index()), refused);
        };
    }

    private static RateLimitDecision limited(Charge charge, Refused refused) {
        var key = charge.key();
        var level = RateLimitLevel.of(key);
        var tool = level == RateLimitLevel.TOOL ? key.group() : key.name();
        return new RateLimitDecision.Limited(level, tool, charge.limit(), refused.retryAfter());
    }
}
