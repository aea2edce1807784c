package io.breakwater.core.business.authorization;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy;
import io.breakwater.port.support.Sha256;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ScopeHierarchy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides by rules. It stores decisions that do not depend on arguments, for a limited number of callers and targets;
 * when the limit is reached, it starts again with an empty store. Immutable apart from that store.
 */
final class RuleEngine implements AccessPolicy {
    static final int MAX_CALLERS = 1_000;
    static final int MAX_DECISIONS = 20_000;
    private static final int MAX_NAME = 256;

    /** The principals of the callers may occupy one part of the heap in this number. */
    private static final int HEAP_PARTS = 64;

    private static final long MAX_CALLER_BYTES = Runtime.getRuntime().maxMemory() / HEAP_PARTS;

    private final List<CompiledRule> rules;
    private final ScopeHierarchy hierarchy;
    private final long epoch;
    private final Map<String, CallerEntry> callers = new ConcurrentHashMap<>();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicLong callerBytes = new AtomicLong();

    private RuleEngine(List<CompiledRule> rules, ScopeHierarchy hierarchy, long epoch) {
        this.rules = List.copyOf(rules);
        this.hierarchy = hierarchy;
        this.epoch = epoch;
    }

    /** Compiles the rules; refuses those that cannot be evaluated. */
    static RuleEngine of(AccessRules rules) {
        long epoch = rules.equals(AccessRules.NONE) ? 0 : digest(rules.toString());
        return new RuleEngine(rules.rules().stream().map(CompiledRule::of).toList(), rules.scopes(), epoch);
    }

    static RuleEngine of(List<CompiledRule> rules) {
        return new RuleEngine(rules, ScopeHierarchy.NONE, 1);
    }

    /** Equal rules have equal epochs on all servers of a deployment, so these can share cached results. */
    private static long digest(String text) {
        return ByteBuffer.wrap(Sha256.of(text)).getLong();
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    long epoch() {
        return epoch;
    }

    @Override
    public AccessDecision decide(AccessRequest request) {
        var caller = caller(request.principal());
        var decisions = caller.decisions(request.kind());
        var known = decisions.get(request.name());
        if (known != null && known.requirements.equals(request.requirements())) {
            return known.decision == null ? caller.rules.decide(request) : known.decision;
        }
        return request.arguments() == null // lists store their result themselves
                ? caller.rules.decide(request)
                : decideAndStore(request, caller.rules, decisions);
    }

    /** Decides an access that two requests describe: either can deny it, and either can allow it. */
    AccessDecision decideEither(AccessRequest first, AccessRequest second) {
        var one = decide(first);
        var other = decide(second);
        if (isForbidden(one) || isForbidden(other)) {
            return isForbidden(one) ? one : other;
        }
        return one instanceof AccessDecision.Allowed || other instanceof AccessDecision.Denied ? one : other;
    }

    /** Returns true if a rule denies the access, false if it is allowed or no rule is about it. */
    private static boolean isForbidden(AccessDecision decision) {
        return decision instanceof AccessDecision.Denied && !decision.equals(CallerRules.NO_RULE);
    }

    private AccessDecision decideAndStore(AccessRequest request, CallerRules rules, Map<String, Known> decisions) {
        var decision = rules.decide(request);
        if (request.name().length() <= MAX_NAME) {
            if (stored.incrementAndGet() > MAX_DECISIONS) {
                clear();
            }
            boolean depends = rules.dependsOnArguments(request.kind(), request.name());
            decisions.put(request.name(), new Known(request.requirements(), depends ? null : decision));
        }
        return decision;
    }

    private CallerEntry caller(Principal principal) {
        var known = callers.get(principal.fingerprint());
        return known == null ? newCaller(principal) : known;
    }

    private CallerEntry newCaller(Principal principal) {
        long bytes = principal.heapBytes();
        if (callers.size() >= MAX_CALLERS || callerBytes.addAndGet(bytes) > MAX_CALLER_BYTES) {
            clear();
            callerBytes.addAndGet(bytes);
        }
        var granted = new GrantedScopes(principal.scopes(), hierarchy);
        var entry = CallerEntry.of(new CallerRules(principal, rules, granted));
        callers.put(principal.fingerprint(), entry);
        return entry;
    }

    int storedCallers() {
        return callers.size();
    }

    int storedDecisions() {
        return stored.get();
    }

    private void clear() {
        callers.clear();
        callerBytes.set(0);
        stored.set(0);
    }

    /** Explains the decision, which is the same as that of {@link #decide}. */
    AccessExplanation explain(AccessRequest request) {
        var granted = new GrantedScopes(request.principal().scopes(), hierarchy);
        var considered = new ArrayList<AccessExplanation.ConsideredRule>();
        for (var rule : rules) {
            considered.add(new AccessExplanation.ConsideredRule(
                    rule.name(),
                    rule.effect().name().toLowerCase(Locale.ROOT),
                    rule.matchCaller(request.principal(), granted).word(),
                    rule.matchTarget(request.kind(), request.name()).word(),
                    rule.matchArguments(request.arguments()).word()));
        }
        return new AccessExplanation(decide(request), considered);
    }

    /** The rules for one caller, and its decisions for each kind of target. */
    private record CallerEntry(CallerRules rules, Map<TargetKind, Map<String, Known>> stored) {
        static CallerEntry of(CallerRules rules) {
            var stored = new EnumMap<TargetKind, Map<String, Known>>(TargetKind.class);
            for (var kind : TargetKind.values()) {
                stored.put(kind, new ConcurrentHashMap<>(4));
            }
            return new CallerEntry(rules, stored);
        }

        Map<String, Known> decisions(TargetKind kind) {
            return requireNonNull(stored.get(kind));
        }
    }

    /** A stored decision; null if it depends on the arguments. */
    private record Known(
            AccessRequirements requirements, @Nullable AccessDecision decision) {}
}
