package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.port.AccessExplanation.ConsideredRule;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code breakwater access explain} prints about a principal. */
record AccessReport(Principal principal) {

    String overview(List<AccessTarget> targets) {
        var table = new TextTable().row("kind", "name", "access", "decided by");
        targets.forEach(target -> table.row(target.kind().word(), target.name(), target.access(), target.rule()));
        return Sanitizer.line(PrincipalText.of(principal) + ": " + rights()) + "\n\n" + table.text();
    }

    private String rights() {
        return "roles: " + words(principal.roles()) + "; scopes: " + words(principal.scopes());
    }

    private static String words(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(" ", new TreeSet<>(names));
    }

    String overviewJson(List<AccessTarget> targets) {
        return JsonText.indented(Json.object()
                .put("principal", principal.id())
                .put("roles", Json.texts(new TreeSet<>(principal.roles())))
                .put("scopes", Json.texts(new TreeSet<>(principal.scopes())))
                .put(
                        "targets",
                        new Json.Arr(targets.stream()
                                .<Json>map(target -> target.json().build())
                                .toList()))
                .build());
    }

    String decision(AccessTarget target) {
        var sentence = "%s: %s %s: %s, decided by: %s."
                .formatted(
                        PrincipalText.of(principal),
                        target.kind().word(),
                        target.name(),
                        target.access(),
                        target.rule());
        var hint = target.dependsOnArguments() ? "\nAdd --arguments JSON for the decision about a call." : "";
        return Sanitizer.line(sentence)
                + "\n"
                + Sanitizer.line("The caller has the " + rights() + ".")
                + hint
                + "\n\n"
                + rules(target.explanation().rules());
    }

    /** Returns a table of the rules. */
    static String rules(List<ConsideredRule> rules) {
        if (rules.isEmpty()) {
            return "There are no access rules.\n";
        }
        var table = new TextTable().row("rule", "effect", "caller", "target", "arguments");
        rules.forEach(rule -> table.row(rule.name(), rule.effect(), rule.caller(), rule.target(), rule.arguments()));
        return table.text();
    }

    String decisionJson(AccessTarget target) {
        var rules = target.explanation().rules().stream()
                .<Json>map(rule -> Json.object()
                        .put("name", rule.name())
                        .put("effect", rule.effect())
                        .put("caller", rule.caller())
                        .put("target", rule.target())
                        .put("arguments", rule.arguments())
                        .build())
                .toList();
        return JsonText.indented(target.json()
                .put("principal", principal.id())
                .put("roles", Json.texts(new TreeSet<>(principal.roles())))
                .put("scopes", Json.texts(new TreeSet<>(principal.scopes())))
                .put("rules", new Json.Arr(rules))
                .build());
    }
}
