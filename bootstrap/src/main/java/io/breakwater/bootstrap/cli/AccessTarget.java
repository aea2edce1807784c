package io.breakwater.bootstrap.cli;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.Json;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import java.util.Set;

/**
 * A target and the decision about it.
 *
 * @param argumentsGiven whether the decision is about a call with known arguments
 */
record AccessTarget(TargetKind kind, String name, AccessExplanation explanation, boolean argumentsGiven) {

    String rule() {
        return explanation.decision().rule();
    }

    /** Returns the scopes that the caller lacks, together with those that it has. */
    Set<String> scopes() {
        return explanation.decision() instanceof AccessDecision.ScopesRequired required ? required.scopes() : Set.of();
    }

    boolean isDenied() {
        return explanation.decision() instanceof AccessDecision.Denied;
    }

    /** Whether a call with other arguments may be decided otherwise. */
    boolean dependsOnArguments() {
        return !argumentsGiven
                && !isDenied()
                && explanation.rules().stream()
                        .anyMatch(rule -> rule.arguments().equals("possible")
                                && !rule.caller().equals("no")
                                && !rule.target().equals("no"));
    }

    /** Whether the server may still deny the call, because it knows more about the target than what is given. */
    boolean isPossible() {
        return !isDenied() && !explanation.reservation().isEmpty();
    }

    /** Returns the decision in words. */
    String access() {
        if (isDenied()) {
            return "denied";
        }
        var access = scopes().isEmpty() ? "allowed" : "needs scopes " + String.join(" ", scopes());
        if (isPossible()) {
            return "possible: " + explanation.reservation() + " (" + access + " so far)";
        }
        return dependsOnArguments() ? access + ", for some arguments" : access;
    }

    Json.ObjectBuilder json() {
        var decision = scopes().isEmpty() ? "allowed" : "scopes_required";
        return Json.object()
                .put("kind", kind.word())
                .put("name", name)
                .put("decision", isDenied() ? "denied" : decision)
                .put("rule", rule())
                .putIfPresent("scopes", scopes().isEmpty() ? null : Json.texts(scopes()))
                .put("depends_on_arguments", dependsOnArguments())
                .putIfPresent("reservation", isPossible() ? Json.of(explanation.reservation()) : null);
    }
}
