package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRule.Callers;
import io.breakwater.server.settings.AccessRule.Effect;
import io.breakwater.server.settings.AccessRule.Targets;
import io.breakwater.server.settings.ArgumentCondition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one item of {@code access.rules}. */
final class AccessRuleSection {
    static final String SCOPE = "[!#-\\[\\]-~]{1,200}";

    private static final Setting<String> NAME =
            Setting.text("name", "\\S|\\S.{0,98}\\S", "a text of at most 100 characters");
    private static final Setting<Effect> EFFECT = Setting.choice("effect", Effect.class);

    private static final Setting<List<String>> TOOLS = patterns("tools");
    private static final Setting<List<String>> RESOURCES = patterns("resources");
    private static final Setting<List<String>> PROMPTS = patterns("prompts");
    private static final Setting<List<String>> TASKS = Setting.texts(
                    "tasks",
                    ".*\\*.*|tasks/(get|update|cancel)",
                    "a method: tasks/get, tasks/update, tasks/cancel, or a pattern such as tasks/*")
            .byDefault(List.of());

    private static final Setting<List<String>> ROLES = names("roles", "the name of a role");
    private static final Setting<List<String>> SCOPES =
            Setting.texts("scopes", SCOPE, "a scope such as tools:read").byDefault(List.of());
    private static final Setting<List<String>> SUBJECTS = names("subjects", "the subject of a caller");
    private static final Setting<List<String>> ISSUERS = names("issuers", "an issuer, usually an https URL");
    private static final Setting<List<String>> TENANTS = names("tenants", "the name of a tenant");
    private static final Setting<List<Principal.Kind>> KINDS =
            Setting.choices("kinds", Principal.Kind.class).byDefault(List.of());
    private static final Setting<Json> CLAIMS = Setting.jsonGroup("claims").byDefault(Json.Obj.EMPTY);

    private static final Setting<List<ArgumentCondition>> ARGUMENTS = Setting.groups(
                    "arguments",
                    new GroupType<>(
                            ArgumentConditionSection::read, AccessRuleReport::json, ArgumentConditionSection.MEMBERS))
            .byDefault(List.of());

    private static final List<Setting<?>> RESTRICTIONS =
            List.of(ROLES, SCOPES, SUBJECTS, ISSUERS, TENANTS, KINDS, CLAIMS, ARGUMENTS);

    /** The names that an item may have. */
    static final List<String> MEMBERS = List.of(
            NAME.name(),
            EFFECT.name(),
            TOOLS.name(),
            RESOURCES.name(),
            PROMPTS.name(),
            TASKS.name(),
            ROLES.name(),
            SCOPES.name(),
            SUBJECTS.name(),
            ISSUERS.name(),
            TENANTS.name(),
            KINDS.name(),
            CLAIMS.name(),
            ARGUMENTS.name());

    private AccessRuleSection() {}

    static AccessRule read(SectionReader item) {
        var name = item.require(NAME).orElse("?");
        var effect = item.require(EFFECT).orElse(Effect.DENY);
        var targets = targets(item);
        var callers = callers(item);
        if (MEMBERS.subList(2, 6).stream().allMatch(each -> item.group().get(each) == null)) {
            item.refuse(
                    "the rule has no targets",
                    "name the tools, resources, prompts or tasks that it is about; \"*\" stands for all");
        }
        var conditions = item.get(ARGUMENTS);
        if (!targets.tasks().isEmpty() && !conditions.isEmpty()) {
            item.refuse(
                    ARGUMENTS,
                    "methods on tasks have no arguments",
                    "write one rule for tasks, and one for the others");
        }
        RESTRICTIONS.forEach(setting -> refuseEmpty(item, setting));
        return new AccessRule(name, effect, targets, callers, conditions);
    }

    /**
     * Refuses a criterion that is written without a value, for instance because its items are comments. Without the
     * criterion, the rule would apply to all callers.
     */
    private static void refuseEmpty(SectionReader item, Setting<?> setting) {
        if (item.isEmpty(setting)) {
            item.refuseWritten(
                    setting,
                    "'" + setting.name() + "' is empty, so it would not restrict the rule",
                    "write a value, or remove '" + setting.name() + "' if the rule is to apply without it");
        }
    }

    private static Targets targets(SectionReader item) {
        return new Targets(set(item, TOOLS), set(item, RESOURCES), set(item, PROMPTS), set(item, TASKS));
    }

    private static Callers callers(SectionReader item) {
        Map<String, Json> claims = ((Json.Obj) item.get(CLAIMS)).members();
        return new Callers(
                set(item, ROLES),
                set(item, SCOPES),
                set(item, SUBJECTS),
                set(item, ISSUERS),
                set(item, TENANTS),
                set(item, KINDS),
                claims);
    }

    private static <T> Set<T> set(SectionReader item, Setting<List<T>> setting) {
        return Set.copyOf(item.get(setting));
    }

    private static Setting<List<String>> patterns(String name) {
        return Setting.texts(name, "(?s).{1,1000}", "a name, or a pattern such as list_*")
                .byDefault(List.of());
    }

    /** Only targets are patterns; in other places, an asterisk would match itself only. */
    private static Setting<List<String>> names(String name, String allowed) {
        return Setting.texts(name, "(?s)[^*]{1,1000}", allowed + ", which is not a pattern")
                .byDefault(List.of());
    }
}
