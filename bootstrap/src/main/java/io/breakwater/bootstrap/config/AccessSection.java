package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ScopeHierarchy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@link AccessRules} from a configuration. */
final class AccessSection {
    private static final Setting<List<AccessRule>> RULES = Setting.groups(
                    "rules",
                    new GroupType<>(AccessRuleSection::read, AccessRuleReport::json, AccessRuleSection.MEMBERS))
            .byDefault(List.of())
            .description("The rules that allow and deny access; a rule that denies overrides all that allow, and with"
                    + " rules, what none allows is denied. A change takes effect while the server runs. The environment"
                    + " variable contains the list as JSON.");

    private static final Setting<Boolean> BY_PREFIX = Setting.flag("by-prefix")
            .byDefault(false)
            .description("Whether a scope satisfies those that it is a prefix of: `orders` satisfies `orders:read`.");

    private static final Setting<String> SCOPE =
            Setting.text("scope", AccessRuleSection.SCOPE, "a scope such as tools:read");

    private static final Setting<List<String>> INCLUDES = Setting.texts(
                    "includes", AccessRuleSection.SCOPE, "a scope such as tools:read")
            .byDefault(List.of());

    private static final Setting<List<BroaderScope>> HIERARCHY = Setting.groups(
                    "hierarchy",
                    new GroupType<>(AccessSection::scope, BroaderScope::json, List.of(SCOPE.name(), INCLUDES.name())))
            .byDefault(List.of())
            .description("The broader scopes and the narrower ones that each includes. The environment variable"
                    + " contains the list as JSON.");

    private AccessSection() {}

    /** A scope that satisfies narrower ones. */
    private record BroaderScope(String scope, List<String> includes) {
        Json json() {
            return Json.object()
                    .put("scope", scope)
                    .put("includes", Json.texts(includes))
                    .build();
        }
    }

    static AccessRules read(SectionReader access) {
        var rules = access.get(RULES);
        if (rules.isEmpty() && access.hasNoValue(RULES)) {
            access.refuseWritten(
                    RULES,
                    "'rules' has no value, and without rules every caller may do everything",
                    "write a rule, or 'rules: []' if this is intended");
        }
        var scopes = scopes(access.section("scopes", "Which scopes satisfy others."));
        var names = new HashSet<String>();
        var repeated = rules.stream()
                .map(AccessRule::name)
                .filter(name -> !names.add(name))
                .distinct()
                .toList();
        repeated.forEach(name -> access.refuse(RULES, "two rules have the name '" + name + "'", "rename one of them"));
        return repeated.isEmpty()
                ? access.create(() -> new AccessRules(rules, scopes), AccessRules.NONE)
                : AccessRules.NONE;
    }

    private static ScopeHierarchy scopes(SectionReader scopes) {
        boolean byPrefix = scopes.get(BY_PREFIX);
        Map<String, Set<String>> narrower = new HashMap<>();
        scopes.get(HIERARCHY)
                .forEach(broader -> narrower.computeIfAbsent(broader.scope(), scope -> new TreeSet<>())
                        .addAll(broader.includes()));
        return new ScopeHierarchy(narrower, byPrefix);
    }

    private static BroaderScope scope(SectionReader item) {
        return new BroaderScope(item.require(SCOPE).orElse("?"), item.get(INCLUDES));
    }
}
