package io.breakwater.core.business.authorization;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.driven.AccessPolicy;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.settings.AccessRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The access control of a server: the rules of the operator and the policy of the embedder, of which the stricter one
 * counts. Each change of them has a new epoch. An exception denies.
 */
@OutageBehavior(
        guard = "access policy",
        dependency = GuardDependency.APPLICATION_CODE,
        failure = "throwing in a policy",
        effect = OutageEffect.DENY,
        behavior = "The access is denied, also if the policy returns null.",
        recovery = "Correct the policy.",
        signal = "log line `The access policy failed`",
        details = "security.md#when-something-that-authentication-needs-fails")
public final class AccessControl {
    private static final long EPOCH_STEP = 0x9E3779B97F4A7C15L; // spreads the changes of the policy over all epochs

    private final @Nullable AccessPolicy policy;
    private final Consumer<Throwable> faultListener;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile State state;

    /**
     * Creates the access control for these rules and for this policy, if there is one.
     *
     * @param faultListener receives the exceptions of the policy, which deny access
     */
    public AccessControl(AccessRules rules, @Nullable AccessPolicy policy, Consumer<Throwable> faultListener) {
        this.policy = policy;
        this.faultListener = faultListener;
        this.state = new State(RuleEngine.of(rules), 0, 0);
        if (policy != null) {
            policy.onChange(this::policyChanged);
        }
    }

    /** Returns true if access depends on the requirements of definitions alone. */
    public boolean isOpen() {
        return policy == null && state.engine.isEmpty();
    }

    /** Returns true if access to a definition with these requirements may differ from caller to caller. */
    public boolean isRestricted(AccessRequirements requirements) {
        return !isOpen() || !requirements.isEmpty();
    }

    /** Returns true if decisions change with the {@link #version} only, so that lists can be stored. */
    public boolean isStable() {
        return policy == null;
    }

    /** Returns a number that changes whenever decisions may change. Servers with equal rules have equal epochs. */
    public long epoch() {
        return state.epoch();
    }

    /** Returns the number of changes in this process. */
    public long version() {
        return state.version;
    }

    /** Registers a listener for all later changes. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Replaces the rules. Calls whose handler has started continue. */
    public void replaceRules(AccessRules rules) {
        var engine = RuleEngine.of(rules);
        synchronized (this) {
            state = new State(engine, state.version + 1, state.changes);
        }
        listeners.forEach(Runnable::run);
    }

    private void policyChanged() {
        synchronized (this) {
            state = new State(state.engine, state.version + 1, state.changes + 1);
        }
        listeners.forEach(Runnable::run);
    }

    /** Decides one access. */
    public AccessDecision decide(AccessRequest request) {
        return decide(state.engine, request);
    }

    private AccessDecision decide(RuleEngine engine, AccessRequest request) {
        try {
            return withPolicy(engine, engine.decide(request), request);
        } catch (RuntimeException | LinkageError | StackOverflowError fault) {
            return denied(fault);
        }
    }

    /** Returns true if the caller sees the target in lists: it may use it, or could with further scopes. */
    public boolean isListed(AccessRequest request) {
        return !(decide(request) instanceof AccessDecision.Denied);
    }

    /**
     * Decides one access that two requests describe, for example by two names of the target. A rule that denies either
     * request denies the access, and a rule that allows either request allows it. The policy decides on the first.
     */
    public AccessDecision decideEither(AccessRequest first, AccessRequest second) {
        try {
            var engine = state.engine;
            return withPolicy(engine, engine.decideEither(first, second), first);
        } catch (RuntimeException | LinkageError | StackOverflowError fault) {
            return denied(fault);
        }
    }

    private AccessDecision withPolicy(RuleEngine engine, AccessDecision byRules, AccessRequest request) {
        if (policy == null || byRules instanceof AccessDecision.Denied) {
            return byRules;
        }
        var byPolicy = requireNonNull(policy.decide(request), "The access policy returned null.");
        return engine.isEmpty() && byPolicy instanceof AccessDecision.Allowed
                ? combine(byPolicy, byRules)
                : combine(byRules, byPolicy);
    }

    private AccessDecision denied(Throwable fault) {
        faultListener.accept(fault);
        return new AccessDecision.Denied("an exception: " + fault);
    }

    /** Returns the stricter decision, or the first of two that are equally strict, with the scopes of both. */
    public static AccessDecision combine(AccessDecision one, AccessDecision other) {
        if (one instanceof AccessDecision.Denied || other instanceof AccessDecision.Denied) {
            return one instanceof AccessDecision.Denied ? one : other;
        }
        var scopes = new TreeSet<>(scopes(one));
        scopes.addAll(scopes(other));
        if (one instanceof AccessDecision.Allowed && other instanceof AccessDecision.Allowed) {
            return new AccessDecision.Allowed(one.rule(), scopes);
        }
        var stricter = one instanceof AccessDecision.ScopesRequired ? one : other;
        return new AccessDecision.ScopesRequired(stricter.rule(), scopes);
    }

    /** Returns the scopes that an access requires. */
    static Set<String> scopes(AccessDecision decision) {
        return switch (decision) {
            case AccessDecision.Allowed allowed -> allowed.scopes();
            case AccessDecision.ScopesRequired required -> required.scopes();
            case AccessDecision.Denied ignored -> Set.of();
        };
    }

    /** Explains one decision: which rule decided, and which rules were considered. */
    public AccessExplanation explain(AccessRequest request) {
        var engine = state.engine; // the same for the decision and the rules
        return new AccessExplanation(
                decide(engine, request), engine.explain(request).rules());
    }

    /** The rules in force, the number of all changes, and the number of changes of the policy. */
    private record State(RuleEngine engine, long version, long changes) {
        long epoch() {
            return engine.epoch() + changes * EPOCH_STEP;
        }
    }
}
