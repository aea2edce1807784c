package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A rule that allows or denies access. It applies to an access if it is about the target, about the caller, and if the
 * arguments meet all its conditions.
 *
 * <pre>{@code
 * AccessRule.allow("support reads orders")
 *     .onTools("find_order", "list_*").onResources("order://*")
 *     .forRoles("support").forScopes("orders:read")
 * }</pre>
 *
 * <p>In a pattern, {@code *} stands for any number of characters, slashes included; every other character stands for
 * itself.
 *
 * @param name the name of the rule, for logs and explanations
 * @param effect what the rule does
 * @param targets what the rule is about
 * @param callers which callers the rule is about
 * @param conditions the conditions on the arguments; all must be met
 */
public record AccessRule(
        String name, Effect effect, Targets targets, Callers callers, List<ArgumentCondition> conditions) {

    /** Refuses an empty name, and copies the list. */
    public AccessRule {
        notNull(name, "AccessRule.name");
        check(!name.isBlank(), "A rule must have a name.");
        notNull(effect, "AccessRule.effect");
        notNull(targets, "AccessRule.targets");
        notNull(callers, "AccessRule.callers");
        conditions = nonNullCopy(conditions, "AccessRule.conditions");
    }

    /** What a rule does. */
    public enum Effect {
        /** Allows the access, unless another rule denies it. */
        ALLOW,
        /** Denies the access, even if another rule allows it. */
        DENY
    }

    /**
     * Patterns for what a rule is about; a rule is not about kinds without a pattern.
     *
     * @param tools patterns for the names of tools
     * @param resources patterns for the URIs of resources, also of those that a template describes
     * @param prompts patterns for the names of prompts
     * @param tasks patterns for the methods on tasks, for example {@code tasks/cancel}. Callers reach only their own
     *     tasks, and no rule needs to allow this
     */
    public record Targets(Set<String> tools, Set<String> resources, Set<String> prompts, Set<String> tasks) {
        /** No targets. */
        public static final Targets NONE = new Targets(Set.of(), Set.of(), Set.of(), Set.of());

        /** Copies the sets. */
        public Targets {
            tools = sorted(tools);
            resources = sorted(resources);
            prompts = sorted(prompts);
            tasks = sorted(tasks);
        }

        boolean isEmpty() {
            return tools.isEmpty() && resources.isEmpty() && prompts.isEmpty() && tasks.isEmpty();
        }
    }

    /**
     * Which callers a rule is about: those that meet all criteria. An empty criterion is met by every caller.
     *
     * @param roles the caller has one of these roles
     * @param scopes the caller has all of these scopes. A caller that meets all other criteria of a rule that allows
     *     access can obtain the missing scopes
     * @param subjects the caller is one of these subjects
     * @param issuers one of these issuers vouches for the caller
     * @param tenants the caller belongs to one of these tenants
     * @param kinds the caller is of one of these kinds
     * @param claims the credential of the caller has these claims with these values. A claim of another type than the
     *     expected value is an error, which denies access
     */
    public record Callers(
            Set<String> roles,
            Set<String> scopes,
            Set<String> subjects,
            Set<String> issuers,
            Set<String> tenants,
            Set<Principal.Kind> kinds,
            Map<String, Json> claims) {
        /** All callers. */
        public static final Callers ALL =
                new Callers(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Map.of());

        /** Copies the criteria, and refuses texts that are not scopes, and claims that no principal has. */
        public Callers {
            for (var claim : claims.keySet()) {
                check(
                        !Principal.TOKEN_CLAIMS.contains(claim),
                        "A rule cannot depend on the claim " + claim
                                + ", which describes one token and not the caller.");
            }
            roles = sorted(roles);
            scopes = new AccessRequirements(Set.of(), scopes).scopes();
            subjects = sorted(subjects);
            issuers = sorted(issuers);
            tenants = sorted(tenants);
            kinds = sorted(kinds);
            claims = Collections.unmodifiableMap(new TreeMap<>(claims));
        }
    }

    /** Returns a rule that allows access, and has no targets yet. */
    public static AccessRule allow(String name) {
        return new AccessRule(name, Effect.ALLOW, Targets.NONE, Callers.ALL, List.of());
    }

    /** Returns a rule that denies access, and has no targets yet. */
    public static AccessRule deny(String name) {
        return new AccessRule(name, Effect.DENY, Targets.NONE, Callers.ALL, List.of());
    }

    /** Returns this rule about tools with these names. */
    public AccessRule onTools(String... patterns) {
        return withTargets(new Targets(Set.of(patterns), targets.resources, targets.prompts, targets.tasks));
    }

    /** Returns this rule about resources with these URIs. */
    public AccessRule onResources(String... patterns) {
        return withTargets(new Targets(targets.tools, Set.of(patterns), targets.prompts, targets.tasks));
    }

    /** Returns this rule about prompts with these names. */
    public AccessRule onPrompts(String... patterns) {
        return withTargets(new Targets(targets.tools, targets.resources, Set.of(patterns), targets.tasks));
    }

    /** Returns this rule about these methods on tasks. */
    public AccessRule onTasks(String... patterns) {
        return withTargets(new Targets(targets.tools, targets.resources, targets.prompts, Set.of(patterns)));
    }

    /** Returns this rule for callers with one of these roles. */
    public AccessRule forRoles(String... roles) {
        return withCallers(draft -> draft.roles = criterion(roles));
    }

    /** Returns this rule for callers with all of these scopes. */
    public AccessRule forScopes(String... scopes) {
        return withCallers(draft -> draft.scopes = criterion(scopes));
    }

    /** Returns this rule for these subjects. */
    public AccessRule forSubjects(String... subjects) {
        return withCallers(draft -> draft.subjects = criterion(subjects));
    }

    /** Returns this rule for callers of these issuers. */
    public AccessRule forIssuers(String... issuers) {
        return withCallers(draft -> draft.issuers = criterion(issuers));
    }

    /** Returns this rule for callers in these tenants. */
    public AccessRule forTenants(String... tenants) {
        return withCallers(draft -> draft.tenants = criterion(tenants));
    }

    /** Returns this rule for callers of these kinds. */
    public AccessRule forKinds(Principal.Kind... kinds) {
        return withCallers(draft -> draft.kinds = criterion(kinds));
    }

    /** Returns this rule for callers with this claim, in addition to the present claims. */
    public AccessRule forClaim(String claim, Json value) {
        return withCallers(draft -> draft.claims.put(claim, value));
    }

    /** Returns this rule with a further condition on the argument at this JSON pointer. */
    public AccessRule whenArgument(String pointer, ArgumentCondition.Test test) {
        var all = new ArrayList<>(conditions);
        all.add(new ArgumentCondition(pointer, test));
        return new AccessRule(name, effect, targets, callers, all);
    }

    /** Returns this rule with a further condition: the argument equals one of these texts. */
    public AccessRule whenArgumentIs(String pointer, String... texts) {
        return whenArgument(
                pointer,
                new ArgumentCondition.In(
                        Arrays.stream(texts).<Json>map(Json::of).toList()));
    }

    /** An empty criterion would not restrict the rule. */
    private static <T> Set<T> criterion(T[] values) {
        check(values.length > 0, "A criterion must have at least one value. Without one, do not call the method.");
        return Set.of(values);
    }

    private AccessRule withTargets(Targets others) {
        return new AccessRule(name, effect, others, callers, conditions);
    }

    private AccessRule withCallers(Consumer<CallersDraft> change) {
        var draft = new CallersDraft(callers);
        change.accept(draft);
        return new AccessRule(name, effect, targets, draft.toCallers(), conditions);
    }

    /** Returns an immutable copy in a fixed order, so that equal rules have equal texts in every process. */
    private static <T extends Comparable<T>> Set<T> sorted(Set<T> values) {
        return Collections.unmodifiableSet(new TreeSet<>(values));
    }

    /** Criteria of which one changes. */
    private static final class CallersDraft {
        private Set<String> roles;
        private Set<String> scopes;
        private Set<String> subjects;
        private Set<String> issuers;
        private Set<String> tenants;
        private Set<Principal.Kind> kinds;
        private final Map<String, Json> claims;

        CallersDraft(Callers present) {
            roles = present.roles;
            scopes = present.scopes;
            subjects = present.subjects;
            issuers = present.issuers;
            tenants = present.tenants;
            kinds = present.kinds;
            claims = new TreeMap<>(present.claims);
        }

        Callers toCallers() {
            return new Callers(roles, scopes, subjects, issuers, tenants, kinds, claims);
        }
    }
}
