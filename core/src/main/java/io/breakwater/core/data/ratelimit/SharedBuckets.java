package io.breakwater.core.data.ratelimit;

import io.breakwater.core.business.ratelimit.TokenBuckets;
import io.breakwater.core.data.cache.ProtectedCall;
import io.breakwater.core.data.cache.SharedTierUnavailableException;
import io.breakwater.port.MetricSink;
import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision;
import io.breakwater.port.driven.RateLimits.Decision.Admitted;
import io.breakwater.port.driven.RateLimits.Decision.Refused;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.settings.RateLimitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Buckets in a store that the servers of a deployment share. A call asks the store once. It does not ask if a key is
 * known to be exhausted, or if this server has leased tokens of all keys. While the store fails or is slow, the server
 * decides alone: it admits its part of each rate.
 */
@OutageBehavior(
        guard = "rate limits",
        dependency = GuardDependency.REDIS,
        failure = "down or frozen",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Each server limits alone, by its part of each rate and burst (`limits.rate.replicas`). A call waits at "
                        + "most `limits.rate.timeout`, and after the first failure not at all.",
        recovery = "Redis decides again after the next probe, at most `cache.breaker-period` later.",
        signal = "`mcp_rate_limit_local_total`; health cause `redis`",
        details = "limits.md#several-servers")
@OutageBehavior(
        guard = "rate limits",
        dependency = GuardDependency.REDIS,
        failure = "slow",
        effect = OutageEffect.DEGRADE,
        behavior = "A response that takes longer than `limits.rate.timeout`, or a second one in succession that takes "
                + "longer than 100 ms, counts as a failure: each server limits alone.",
        recovery = "Redis decides again after the next probe, at most `cache.breaker-period` later.",
        signal = "`mcp_rate_limit_local_total`, `mcp_redis_late_total`",
        details = "limits.md#several-servers")
@OutageBehavior(
        guard = "rate limits",
        dependency = GuardDependency.REDIS,
        failure = "full or read-only",
        effect = OutageEffect.DEGRADE,
        behavior = "Each server limits alone, as if Redis were down.",
        recovery = "Redis decides again after it accepts a small write.",
        signal = "`mcp_rate_limit_local_total`; health cause `cache`, with the reason",
        details = "limits.md#several-servers")
public final class SharedBuckets implements TokenBuckets {
    private static final Decision ADMITTED = new Admitted(List.of());
    private static final Charge PROBE =
            new Charge(new BucketKey(Scope.GLOBAL, "", "probe"), RateLimit.perSecond(1_000), 1);

    private final RateLimits shared;
    private final RateLimits local;
    private final int replicas;
    private final ProtectedCall protection;
    private final Denials denials;
    private final TokenLeases leases;
    private final LongAdder alone = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /**
     * Creates buckets that ask the store from the first call on.
     *
     * @param shared the store
     * @param local counts while the store is not available
     */
    public SharedBuckets(RateLimits shared, RateLimits local, RateLimitSettings settings, ServerExecutors executors) {
        var sharing = settings.sharing();
        this.shared = shared;
        this.local = local;
        this.replicas = sharing.replicas();
        this.denials = new Denials(settings.keys(), executors);
        this.leases = new TokenLeases(settings.keys(), executors);
        this.protection = new ProtectedCall(
                "The shared rate limiter",
                new ProtectedCall.Times(sharing.timeout(), sharing.breakerPeriod()),
                () -> shared.take(List.of(PROBE)),
                executors,
                failures::increment,
                new CheckSignal());
    }

    /** Registers the metrics. */
    public void bindTo(MetricSink metrics) {
        metrics.counter(
                "mcp_rate_limit_local_total",
                "Calls that this server limited alone, because the shared rate limiter was not available.",
                Map.of(),
                alone::sum);
        metrics.counter(
                "mcp_rate_limit_errors_total",
                "Requests to the shared rate limiter that failed.",
                Map.of(),
                failures::sum);
    }

    @Override
    public @Nullable Decision takeLocally(List<Charge> charges) {
        var denied = denials.find(charges);
        if (denied != null) {
            return denied;
        }
        if (!protection.isAvailable()) {
            return decideAlone(charges);
        }
        return charges.stream().allMatch(charge -> TokenLeases.block(charge) > 1)
                ? new Request(charges).takeFromLeases()
                : null;
    }

    @Override
    public Decision take(List<Charge> charges) {
        var decided = takeLocally(charges);
        if (decided != null) {
            return decided;
        }
        try {
            return new Request(charges).ask();
        } catch (SharedTierUnavailableException e) {
            return decideAlone(charges);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return decideAlone(charges);
        }
    }

    private Decision decideAlone(List<Charge> charges) {
        alone.increment();
        return local.take(charges.stream().map(this::share).toList());
    }

    private Charge share(Charge charge) {
        var limit = charge.limit().share(replicas);
        return new Charge(charge.key(), limit, Math.min(charge.cost(), Charge.maxCost(limit)));
    }

    /** One call, whose tokens come from leases as far as these have them, and from the store. */
    private final class Request {
        private final List<Charge> charges;
        private final List<Charge> leased = new ArrayList<>();
        private final List<Charge> asked = new ArrayList<>();
        private final List<Integer> indexes = new ArrayList<>(); // of the charges for which the store is asked

        Request(List<Charge> charges) {
            this.charges = charges;
            for (int i = 0; i < charges.size(); i++) {
                var charge = charges.get(i);
                int block = TokenLeases.block(charge);
                if (block > 1 && leases.take(charge)) {
                    leased.add(charge);
                } else {
                    indexes.add(i);
                    asked.add(new Charge(charge.key(), charge.limit(), charge.cost(), Math.max(charge.cost(), block)));
                }
            }
        }

        /** Returns null if the leases have too few tokens. */
        @Nullable
        Decision takeFromLeases() {
            if (!asked.isEmpty()) {
                giveBack();
                return null;
            }
            return ADMITTED;
        }

        Decision ask() throws SharedTierUnavailableException, InterruptedException {
            if (asked.isEmpty()) {
                return ADMITTED;
            }
            boolean admitted = false;
            try {
                var decision = protection.call(() -> shared.take(asked));
                admitted = decision instanceof Admitted;
                return switch (decision) {
                    case Admitted all -> admit(all);
                    case Refused refused -> refuse(refused);
                };
            } finally {
                if (!admitted) {
                    giveBack();
                }
            }
        }

        private void giveBack() {
            leased.forEach(charge -> leases.add(charge.key(), charge.cost()));
        }

        private Decision admit(Admitted all) {
            for (int i = 0; i < asked.size(); i++) {
                var charge = asked.get(i);
                var balance = all.balances().get(i);
                if (balance.taken() > charge.cost()) {
                    leases.add(charge.key(), balance.taken() - charge.cost());
                } else if (balance.nextToken().isPositive()) {
                    denials.add(charge.key(), balance.nextToken());
                }
            }
            return ADMITTED;
        }

        private Decision refuse(Refused refused) {
            int index = indexes.get(refused.index());
            if (charges.get(index).needed() == 1) { // a key without a token for a large call may have one for others
                denials.add(charges.get(index).key(), refused.retryAfter());
            }
            return new Refused(index, refused.retryAfter());
        }
    }
}
