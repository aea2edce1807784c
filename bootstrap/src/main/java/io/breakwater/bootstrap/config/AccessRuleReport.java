package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.ArgumentCondition;
import java.util.Collection;
import java.util.Locale;

/** Writes access rules for reports, as {@link AccessRuleSection} reads them. */
final class AccessRuleReport {
    private AccessRuleReport() {}

    static Json json(AccessRule rule) {
        var json = Json.object().put("name", rule.name()).put("effect", word(rule.effect()));
        var targets = rule.targets();
        put(json, "tools", targets.tools());
        put(json, "resources", targets.resources());
        put(json, "prompts", targets.prompts());
        put(json, "tasks", targets.tasks());
        putCallers(json, rule.callers());
        if (!rule.conditions().isEmpty()) {
            json.put(
                    "arguments",
                    new Json.Arr(rule.conditions().stream()
                            .map(AccessRuleReport::json)
                            .toList()));
        }
        return json.build();
    }

    private static void putCallers(Json.ObjectBuilder json, AccessRule.Callers callers) {
        put(json, "roles", callers.roles());
        put(json, "scopes", callers.scopes());
        put(json, "subjects", callers.subjects());
        put(json, "issuers", callers.issuers());
        put(json, "tenants", callers.tenants());
        put(json, "kinds", callers.kinds().stream().map(AccessRuleReport::word).toList());
        if (!callers.claims().isEmpty()) {
            json.put("claims", new Json.Obj(callers.claims()));
        }
    }

    private static void put(Json.ObjectBuilder json, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            json.put(name, Json.texts(values));
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Json json(ArgumentCondition condition) {
        var json = Json.object().put("argument", condition.pointer());
        switch (condition.test()) {
            case ArgumentCondition.Equal(Json value) -> json.put("equals", value);
            case ArgumentCondition.In(var values) -> json.put("in", new Json.Arr(values));
            case ArgumentCondition.Glob(String pattern) -> json.put("glob", pattern);
            case ArgumentCondition.MaxLength(int length) -> json.put("max-length", length);
        }
        return json.build();
    }
}
