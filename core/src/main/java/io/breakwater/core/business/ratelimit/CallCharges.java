package io.breakwater.core.business.ratelimit;

import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.server.settings.RateLimitSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Determines the tokens that a call takes: one from each key for itself, and one more from each key for every call of a
 * tool that it makes.
 */
final class CallCharges {
    private static final BucketKey ALL_CALLS = new BucketKey(Scope.GLOBAL, "", "");

    private final RateLimitSettings settings;
    private final Function<String, @Nullable RateLimit> ownLimits;

    /**
     * Creates the rules.
     *
     * @param ownLimits returns the limit in the definition of a tool, or null
     */
    CallCharges(RateLimitSettings settings, Function<String, @Nullable RateLimit> ownLimits) {
        this.settings = settings;
        this.ownLimits = ownLimits;
    }

    /**
     * Returns the charges of a call; empty if no limit applies to it.
     *
     * @throws TooManyCallsException if the call makes more calls than one of its limits ever admits at once
     */
    List<Charge> of(LimitedCall call) throws TooManyCallsException {
        var charges = new ArrayList<Charge>(4);
        var tool = call.tool();
        if (tool == null || call.calledTools().isEmpty()) {
            addSingle(charges, call, tool);
        } else {
            addBatch(charges, call, counts(tool, call.calledTools()));
        }
        add(charges, ALL_CALLS, settings.global(), call.calls());
        return charges;
    }

    private void addSingle(List<Charge> charges, LimitedCall call, @Nullable String tool) throws TooManyCallsException {
        if (tool != null) {
            add(charges, call.toolKey(tool), perPrincipal(tool), 1);
        }
        add(charges, call.callerKey(), settings.principal(), 1);
        if (tool != null) {
            add(charges, new BucketKey(Scope.TOOL, tool, ""), total(tool), 1);
        }
    }

    /** Adds the charges of a caller first, because a store with several nodes decides about them together. */
    private void addBatch(List<Charge> charges, LimitedCall call, Map<String, Integer> counts)
            throws TooManyCallsException {
        for (var each : counts.entrySet()) {
            add(charges, call.toolKey(each.getKey()), perPrincipal(each.getKey()), each.getValue());
        }
        add(charges, call.callerKey(), settings.principal(), call.calls());
        for (var each : counts.entrySet()) {
            add(charges, new BucketKey(Scope.TOOL, each.getKey(), ""), total(each.getKey()), each.getValue());
        }
    }

    private static Map<String, Integer> counts(String tool, List<String> calledTools) {
        var counts = new LinkedHashMap<String, Integer>();
        counts.put(tool, 1);
        calledTools.forEach(called -> counts.merge(called, 1, Integer::sum));
        return counts;
    }

    private static void add(List<Charge> charges, BucketKey key, @Nullable RateLimit limit, int cost)
            throws TooManyCallsException {
        if (limit == null) {
            return;
        }
        if (cost > Charge.maxCost(limit)) {
            throw new TooManyCallsException(key, cost, Charge.maxCost(limit));
        }
        charges.add(new Charge(key, limit, cost));
    }

    private @Nullable RateLimit perPrincipal(String tool) {
        var configured = settings.tools().get(tool);
        if (configured != null && configured.perPrincipal() != null) {
            return configured.perPrincipal();
        }
        var own = ownLimits.apply(tool);
        return own == null ? settings.principalTool() : own;
    }

    private @Nullable RateLimit total(String tool) {
        var configured = settings.tools().get(tool);
        return configured == null || configured.total() == null ? settings.tool() : configured.total();
    }
}
