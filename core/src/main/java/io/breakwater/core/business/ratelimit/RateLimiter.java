package io.breakwater.core.business.ratelimit;

import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits.BucketKey;
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

    /** Returns the limits that apply to a call, in the order in which they are checked. Takes nothing. */
    public List<AppliedLimit> limits(LimitedCall call) {
        try {
            return charges.of(call).stream().map(AppliedLimit::of).toList();
        } catch (TooManyCallsException refused) {
            return List.of();
        }
    }

    /**
     * A limit that applies to a call.
     *
     * @param level what it counts together
     * @param tool the tool whose calls it counts; empty for all calls
     * @param limit the limit
     * @param tokens the number of calls that the call counts as
     */
    public record AppliedLimit(RateLimitLevel level, String tool, RateLimit limit, int tokens) {
        private static AppliedLimit of(Charge charge) {
            return new AppliedLimit(
                    RateLimitLevel.of(charge.key()), RateLimiter.tool(charge.key()), charge.limit(), charge.cost());
        }
    }

    private static String tool(BucketKey key) {
        return RateLimitLevel.of(key) == RateLimitLevel.TOOL ? key.group() : key.name();
    }

    private static RateLimitDecision decision(Decision decision, List<Charge> charges) {
        return switch (decision) {
            case Admitted ignored -> RateLimitDecision.ADMITTED;
            case Refused refused -> limited(charges.get(refused.index()), refused);
        };
    }

    private static RateLimitDecision limited(Charge charge, Refused refused) {
        var key = charge.key();
        return new RateLimitDecision.Limited(RateLimitLevel.of(key), tool(key), charge.limit(), refused.retryAfter());
    }
}
