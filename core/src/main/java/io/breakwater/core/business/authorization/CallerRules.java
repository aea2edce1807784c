package io.breakwater.core.business.authorization;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules that are about one caller, and decisions by them. Immutable. */
final class CallerRules {
    private static final AccessDecision NO_RULES = new AccessDecision.Allowed("no rules");
    static final AccessDecision NO_RULE = new AccessDecision.Denied("no rule allows it");
    private static final AccessDecision OWN_TASK = new AccessDecision.Allowed("own task");

    private final Principal principal;
    private final GrantedScopes granted;
    private final List<CallerRule> rules = new ArrayList<>();
    private final boolean hasRules;

    CallerRules(Principal principal, List<CompiledRule> all, GrantedScopes granted) {
        this.principal = principal;
        this.granted = granted;
        this.hasRules = !all.isEmpty();
        for (var rule : all) {
            var match = rule.matchCaller(principal, granted);
            if (match != Match.NO) {
                rules.add(new CallerRule(rule, match));
            }
        }
    }

    /** A rule and whether it is about the caller. */
    private record CallerRule(CompiledRule rule, Match caller) {

        Match match(AccessRequest request) {
            var target = rule.matchTarget(request.kind(), request.name());
            var arguments = target == Match.NO ? Match.NO : rule.matchArguments(request.arguments());
            if (target == Match.NO || arguments == Match.NO) {
                return Match.NO;
            }
            boolean error = caller == Match.ERROR || target == Match.ERROR || arguments == Match.ERROR;
            boolean possible = target == Match.POSSIBLE || arguments == Match.POSSIBLE;
            if (error) { // a list must not deny what the call with its arguments may be allowed
                return possible ? Match.NO : Match.ERROR;
            }
            return caller == Match.SCOPES_MISSING ? caller : possible ? Match.POSSIBLE : Match.YES;
        }
    }

    /** Returns true if the decision about this target can depend on the arguments. */
    boolean dependsOnArguments(TargetKind kind, String name) {
        for (var each : rules) {
            if (each.rule.arguments() != null && each.rule.matchTarget(kind, name) != Match.NO) {
                return true;
            }
        }
        return false;
    }

    AccessDecision decide(AccessRequest request) {
        var byRules = hasRules ? byRules(request) : NO_RULES;
        return byRules instanceof AccessDecision.Denied
                        || request.requirements().isEmpty()
                ? byRules
                : withRequirements(byRules, request.requirements());
    }

    private AccessDecision byRules(AccessRequest request) {
        CompiledRule allowing = null;
        CompiledRule missing = null;
        for (var each : rules) {
            var match = each.match(request);
            if (match == Match.ERROR) {
                return new AccessDecision.Denied("rule \"" + each.rule.name() + "\", which could not be evaluated");
            }
            if (!each.rule.allows()) {
                if (match == Match.YES) {
                    return new AccessDecision.Denied("rule \"" + each.rule.name() + "\"");
                }
            } else if (match == Match.SCOPES_MISSING) {
                missing = missing == null ? each.rule : missing;
            } else if (match != Match.NO) {
                allowing = allowing == null ? each.rule : allowing;
            }
        }
        return request.kind() == TargetKind.TASK ? OWN_TASK : decision(allowing, missing);
    }

    private static AccessDecision decision(@Nullable CompiledRule allowing, @Nullable CompiledRule missing) {
        if (allowing != null) {
            return new AccessDecision.Allowed("rule \"" + allowing.name() + "\"", allowing.scopes());
        }
        return missing == null
                ? NO_RULE
                : new AccessDecision.ScopesRequired("rule \"" + missing.name() + "\"", missing.scopes());
    }

    private AccessDecision withRequirements(AccessDecision byRules, AccessRequirements requirements) {
        if (!requirements.roles().isEmpty() && Collections.disjoint(requirements.roles(), principal.roles())) {
            return new AccessDecision.Denied("roles that the definition requires");
        }
        var scopes = new TreeSet<>(requirements.scopes());
        scopes.addAll(AccessControl.scopes(byRules));
        if (!granted.satisfyAll(requirements.scopes())) {
            return new AccessDecision.ScopesRequired("scopes that the definition requires", scopes);
        }
        return switch (byRules) {
            case AccessDecision.Allowed(var rule, Set<String> ignored) -> new AccessDecision.Allowed(rule, scopes);
            case AccessDecision.ScopesRequired(var rule, Set<String> ignored) ->
                new AccessDecision.ScopesRequired(rule, scopes);
            case AccessDecision.Denied denied -> denied;
        };
    }
}
