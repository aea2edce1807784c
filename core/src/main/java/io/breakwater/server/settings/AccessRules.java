package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import java.util.HashSet;
import java.util.List;

/**
 * The rules that decide what callers may see and do. A rule that denies overrides all rules that allow. What no rule
 * allows is denied, as soon as there is a rule. Without rules, everything is allowed whose definition the caller meets
 * ({@code requiresRole}, {@code requiresScope}). A rule that cannot be evaluated denies.
 *
 * @param rules the rules
 * @param scopes which scopes satisfy others
 */
public record AccessRules(List<AccessRule> rules, ScopeHierarchy scopes) {
    /** No rules. */
    public static final AccessRules NONE = new AccessRules(List.of(), ScopeHierarchy.NONE);

    /** Copies the list, and refuses two rules with one name and a rule without targets. */
    public AccessRules {
        rules = nonNullCopy(rules, "AccessRules.rules");
        notNull(scopes, "AccessRules.scopes");
        var names = new HashSet<String>();
        for (var rule : rules) {
            check(names.add(rule.name()), "Two rules have the name \"" + rule.name() + "\". Rename one of them.");
            check(
                    !rule.targets().isEmpty(),
                    "The rule \"" + rule.name() + "\" has no targets. Name the tools, resources, prompts or tasks that"
                            + " it is about; \"*\" stands for all.");
        }
    }

    /** Returns these rules, without a scope hierarchy. */
    public static AccessRules of(AccessRule... rules) {
        return new AccessRules(List.of(rules), ScopeHierarchy.NONE);
    }

    /** Returns these rules with another scope hierarchy. */
    public AccessRules withScopes(ScopeHierarchy hierarchy) {
        return new AccessRules(rules, hierarchy);
    }
}
