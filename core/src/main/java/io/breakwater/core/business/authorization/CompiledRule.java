package io.breakwater.core.business.authorization;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRule.Effect;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is ready to be evaluated.
 *
 * @param scopes the scopes that the caller needs
 * @param arguments the conditions on the arguments, or null if there are none
 */
@OutageBehavior(
        guard = "access rules",
        dependency = GuardDependency.CONFIGURATION_FILE,
        failure = "with a rule that cannot be evaluated",
        effect = OutageEffect.DENY,
        behavior =
                "A rule that fails for a request denies this request, also if it is a rule that allows, and whatever "
                        + "other rules say.",
        recovery = "Correct the rule, or the argument or claim that it reads.",
        signal = "the explanation of the refusal, `breakwater access explain`",
        details = "access.md#how-rules-decide")
record CompiledRule(
        String name,
        Effect effect,
        CallerCheck caller,
        Set<String> scopes,
        TargetCheck target,
        @Nullable ArgumentCheck arguments) {

    /** Whether the rule is about a caller, apart from the scopes. */
    @FunctionalInterface
    interface CallerCheck {
        Match match(Principal principal);
    }

    /** Whether the rule is about a target. */
    @FunctionalInterface
    interface TargetCheck {
        Match match(TargetKind kind, String name);
    }

    /** Whether the arguments meet the conditions. */
    @FunctionalInterface
    interface ArgumentCheck {
        Match match(Json.Obj arguments);
    }

    static CompiledRule of(AccessRule rule) {
        return new CompiledRule(
                rule.name(),
                rule.effect(),
                CallerCriteria.of(rule.callers()),
                rule.callers().scopes(),
                TargetPatterns.of(rule.targets()),
                rule.conditions().isEmpty() ? null : Conditions.of(rule.conditions()));
    }

    boolean allows() {
        return effect == Effect.ALLOW;
    }

    Match matchCaller(Principal principal, GrantedScopes granted) {
        var match = Match.evaluate(() -> caller.match(principal));
        if (granted.satisfyAll(scopes)) {
            return match;
        }
        return allows() ? match.and(Match.SCOPES_MISSING) : Match.NO;
    }

    Match matchTarget(TargetKind kind, String target) {
        return Match.evaluate(() -> this.target.match(kind, target));
    }

    Match matchArguments(@Nullable Supplier<Json.Obj> given) {
        var conditions = arguments;
        if (conditions == null) {
            return Match.YES;
        }
        return given == null ? Match.POSSIBLE : Match.evaluate(() -> conditions.match(given.get()));
    }
}
