package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a principal may do. The same decision counts for listing, describing, completing, reading, subscribing
 * and calling. Thread-safe, and never blocks. If a policy throws, the access is denied. Contract:
 * {@code AccessPolicyContract}.
 *
 * <p>A policy must be consistent: if it denies a target while the arguments are not known, it denies it with all
 * arguments.
 */
@FunctionalInterface
public interface AccessPolicy {

    /** Decides one access. */
    Access decide(AccessRequest request);

    /** The kinds of what a principal may access. */
    enum TargetKind {
        /** A tool; the name is that of the tool. */
        TOOL,
        /** A resource; the name is its URI. */
        RESOURCE,
        /** A resource template; the name is its URI template. */
        RESOURCE_TEMPLATE,
        /** A prompt; the name is that of the prompt. */
        PROMPT
    }

    /**
     * A possible access.
     *
     * @param principal the caller
     * @param kind the kind of the target
     * @param name the name or URI of the target
     * @param requirements what the definition of the target requires
     * @param arguments the arguments of the call; null while they are not known, for example for a list
     */
    record AccessRequest(
            Principal principal,
            TargetKind kind,
            String name,
            Requirements requirements,
            Json.@Nullable Obj arguments) {
        /** Refuses null. */
        public AccessRequest {
            requireNonNull(principal, "AccessRequest.principal must not be null.");
            requireNonNull(kind, "AccessRequest.kind must not be null.");
            requireNonNull(name, "AccessRequest.name must not be null.");
            requireNonNull(requirements, "AccessRequest.requirements must not be null.");
        }
    }

    /**
     * What a definition requires of its caller.
     *
     * @param roles the caller needs one of these roles; empty for no role
     * @param scopes the caller needs all of these scopes; empty for no scope
     */
    record Requirements(Set<String> roles, Set<String> scopes) {
        /** No requirement. */
        public static final Requirements NONE = new Requirements(Set.of(), Set.of());

        /** Copies the sets. */
        public Requirements {
            roles = Set.copyOf(roles);
            scopes = Set.copyOf(scopes);
        }
    }

    /** A decision. */
    sealed interface Access {
        /** The rule that decided, for the log and for {@code access explain}; never shown to callers. */
        String rule();
    }

    /** The access is allowed. */
    record Allowed(String rule) implements Access {
        /** Refuses a missing rule. */
        public Allowed {
            requireNonNull(rule, "Allowed.rule must not be null.");
        }
    }

    /** The access is denied, and the target looks to the caller as if it did not exist. */
    record Denied(String rule) implements Access {
        /** Refuses a missing rule. */
        public Denied {
            requireNonNull(rule, "Denied.rule must not be null.");
        }
    }

    /**
     * The access is denied because of missing scopes, which the caller could obtain. The target is listed.
     *
     * @param scopes all scopes that the access requires, also those that the caller has
     */
    record ScopesRequired(String rule, Set<String> scopes) implements Access {
        /** Refuses a missing rule, and copies the set. */
        public ScopesRequired {
            requireNonNull(rule, "ScopesRequired.rule must not be null.");
            scopes = Set.copyOf(scopes);
        }
    }
}
