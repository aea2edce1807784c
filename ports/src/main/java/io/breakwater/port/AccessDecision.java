package io.breakwater.port;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/** The decision about one access of a principal. */
public sealed interface AccessDecision {

    /** Returns what decided, for the log and for explanations; callers of the server never see it. */
    String rule();

    /**
     * The access is allowed.
     *
     * @param rule what decided
     * @param scopes the scopes that the access requires, and that the caller has
     */
    record Allowed(String rule, Set<String> scopes) implements AccessDecision {
        /** Refuses a missing rule and a text that is not a scope; copies the set. */
        public Allowed {
            requireNonNull(rule, "Allowed.rule must not be null.");
            scopes = new AccessRequirements(Set.of(), scopes).scopes();
        }

        /** An access that requires no scopes. */
        public Allowed(String rule) {
            this(rule, Set.of());
        }
    }

    /**
     * The access is denied, and the target looks to the caller as if it did not exist.
     *
     * @param rule what decided
     */
    record Denied(String rule) implements AccessDecision {
        /** Refuses a missing rule. */
        public Denied {
            requireNonNull(rule, "Denied.rule must not be null.");
        }
    }

    /**
     * The access is denied because of missing scopes, which the caller could obtain. The target is listed.
     *
     * @param rule what decided
     * @param scopes all scopes that the access requires, also those that the caller has
     */
    record ScopesRequired(String rule, Set<String> scopes) implements AccessDecision {
        /** Refuses a missing rule, an empty set and a text that is not a scope; copies the set. */
        public ScopesRequired {
            requireNonNull(rule, "ScopesRequired.rule must not be null.");
            if (scopes.isEmpty()) {
                throw new IllegalArgumentException("A decision that requires scopes must name them.");
            }
            scopes = new AccessRequirements(Set.of(), scopes).scopes();
        }
    }
}
