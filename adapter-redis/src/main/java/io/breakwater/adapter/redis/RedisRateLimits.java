package io.breakwater.adapter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.Decision.Admitted;
import io.breakwater.port.driven.RateLimits.Decision.Refused;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets in Redis, which uses its own clock. All charges of a call are one atomic script. A cluster stores only the keys
 * of one group on one node, so there it is one script for each group, in the order of the charges; what earlier groups
 * gave is given back when a later one refuses.
 */
@OutageBehavior(
        guard = "rate limits",
        dependency = GuardDependency.REDIS,
        failure = "restarted empty",
        effect = OutageEffect.DEGRADE,
        behavior = "Each limit begins unused, so at most one burst more is admitted.",
        recovery = "The limits are exact from the first call on.",
        signal = "the log of Redis",
        details = "limits.md#several-servers")
@OutageBehavior(
        guard = "rate limits",
        dependency = GuardDependency.REDIS,
        failure = "without its scripts",
        effect = OutageEffect.DEGRADE,
        behavior = "The call takes one more round trip, in which the server sends the script again.",
        recovery = "The next call finds the script.",
        signal = "–",
        details = "limits.md#several-servers")
@OutageBehavior(
        guard = "rate limits",
        dependency = GuardDependency.REDIS,
        failure = "with a clock that jumps",
        effect = OutageEffect.DEGRADE,
        behavior =
                "After a jump ahead, a limit begins unused. After a jump back, a caller waits at most as long as after "
                        + "the largest overdraft: 51 intervals.",
        recovery = "The limits are exact when this time has passed.",
        signal = "the log of the machine of Redis",
        details = "limits.md#several-servers")
final class RedisRateLimits implements RateLimits {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRateLimits.class);
    private static final double NANOS_PER_MICRO = 1_000;

    private final CommandExecutor executor;
    private final KeyNames names;
    private final boolean cluster;

    RedisRateLimits(CommandExecutor executor, KeyNames names, boolean cluster) {
        this.executor = executor;
        this.names = names;
        this.cluster = cluster;
    }

    @Override
    public Decision take(List<Charge> charges) {
        if (!cluster) {
            return takeTogether(charges);
        }
        var balances = new ArrayList<Balance>();
        while (balances.size() < charges.size()) {
            int taken = balances.size();
            switch (takeTogether(group(charges, taken))) {
                case Admitted admitted -> balances.addAll(admitted.balances());
                case Refused refused -> {
                    tryGiveBack(charges, balances);
                    return new Refused(taken + refused.index(), refused.retryAfter());
                }
            }
        }
        return new Admitted(balances);
    }

    /** Returns the charges from this one on whose keys belong to its group. */
    private static List<Charge> group(List<Charge> charges, int from) {
        int to = from + 1;
        while (to < charges.size()
                && charges.get(to).key().isInGroupOf(charges.get(from).key())) {
            to++;
        }
        return charges.subList(from, to);
    }

    private Decision takeTogether(List<Charge> charges) {
        var arguments = new ArrayList<byte[]>(charges.size() * RateLimitScripts.ARGUMENTS_PER_KEY);
        for (var charge : charges) {
            arguments.add(micros(charge, 1));
            arguments.add(number(charge.limit().burst()));
            arguments.add(number(charge.cost()));
            arguments.add(number(charge.most()));
        }
        return decision(executor.retry(redis -> RateLimitScripts.TAKE.runForNumbers(redis, keys(charges), arguments)));
    }

    private List<byte[]> keys(List<Charge> charges) {
        return charges.stream().map(charge -> names.rate(charge.key())).toList();
    }

    private static byte[] micros(Charge charge, int tokens) {
        return Double.toString(charge.limit().interval() * (double) tokens / NANOS_PER_MICRO)
                .getBytes(US_ASCII);
    }

    private static byte[] number(int number) {
        return Integer.toString(number).getBytes(US_ASCII);
    }

    private static Decision decision(List<Long> reply) {
        int refused = Math.toIntExact(reply.getFirst());
        if (refused > 0) {
            return new Refused(refused - 1, micros(reply.get(1)));
        }
        var balances = new ArrayList<Balance>();
        for (int i = 1; i < reply.size(); i += 3) {
            balances.add(new Balance(Math.toIntExact(reply.get(i)), reply.get(i + 1), micros(reply.get(i + 2))));
        }
        return new Admitted(balances);
    }

    private static Duration micros(long number) {
        return Duration.ofNanos(number * 1_000);
    }

    /** Gives back what the first charges took; if this fails, their keys have the tokens again a little later. */
    private void tryGiveBack(List<Charge> charges, List<Balance> balances) {
        try {
            giveBack(charges, balances);
        } catch (PortException e) {
            LOG.debug("The tokens of a refused call could not be given back", e);
        }
    }

    private void giveBack(List<Charge> charges, List<Balance> balances) {
        for (int from = 0; from < balances.size(); ) {
            var group = group(charges.subList(0, balances.size()), from);
            var worth = new ArrayList<byte[]>();
            for (int i = 0; i < group.size(); i++) {
                worth.add(micros(group.get(i), balances.get(from + i).taken()));
            }
            executor.atMostOnce(redis -> RateLimitScripts.GIVE_BACK.runForNumbers(redis, keys(group), worth));
            from += group.size();
        }
    }
}
