package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a principal may do. The same decision counts for listing, describing, completing, reading, subscribing
 * and calling. Thread-safe, and never blocks. If a policy throws, the access is denied. The server checks the
 * requirements of the definition itself, so a policy can only restrict access further. Contract:
 * {@code AccessPolicyContract}.
 *
 * <p>A policy must be consistent: if it denies a target while the arguments are not known, it denies it with all
 * arguments; and if it denies a resource template, it denies every resource of the template.
 */
@FunctionalInterface
public interface AccessPolicy {

    /** Decides one access. */
    AccessDecision decide(AccessRequest request);

    /**
     * Runs the action whenever later decisions may differ from earlier ones. Clients then receive a notification that
     * the lists have changed, and cached results are no longer used. A policy that never changes does nothing here.
     */
    default void onChange(Runnable action) {}

    /** The kinds of what a principal may access. */
    enum TargetKind {
        /** A tool; the name is that of the tool. */
        TOOL,
        /** A resource; the name is its URI. */
        RESOURCE,
        /** A resource template; the name is its URI template. */
        RESOURCE_TEMPLATE,
        /** A prompt; the name is that of the prompt. */
        PROMPT,
        /** A task of the caller; the name is the method, for example {@code tasks/cancel}. */
        TASK;

        /** Returns the kind in words, for example {@code resource template}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * A possible access.
     *
     * @param principal the caller
     * @param kind the kind of the target
     * @param name the name or URI of the target
     * @param requirements what the definition of the target requires
     * @param arguments supplies the arguments of the call, for a resource the variables of its template; null while
     *     they are not known, for example for a list. A policy that does not use the arguments should not ask for them
     */
    record AccessRequest(
            Principal principal,
            TargetKind kind,
            String name,
            AccessRequirements requirements,
            @Nullable Supplier<Json.Obj> arguments) {
        /** Refuses null. */
        public AccessRequest {
            requireNonNull(principal, "AccessRequest.principal must not be null.");
            requireNonNull(kind, "AccessRequest.kind must not be null.");
            requireNonNull(name, "AccessRequest.name must not be null.");
            requireNonNull(requirements, "AccessRequest.requirements must not be null.");
        }

        /** Returns the access as it is while the arguments are not known. */
        public AccessRequest withoutArguments() {
            return arguments == null ? this : new AccessRequest(principal, kind, name, requirements, null);
        }
    }
}
