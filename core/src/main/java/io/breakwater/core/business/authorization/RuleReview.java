package io.breakwater.core.business.authorization;

import io.breakwater.port.Json;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ArgumentCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Finds rules that are about nothing in a catalog, which are probably misspelt. */
public final class RuleReview {
    private final Function<TargetKind, Set<String>> names;
    private final Function<String, Json.Obj> inputSchema;

    /**
     * Creates a review.
     *
     * @param names the names or URIs in the catalog
     * @param inputSchema the input schema of the tool with a name
     */
    public RuleReview(Function<TargetKind, Set<String>> names, Function<String, Json.Obj> inputSchema) {
        this.names = names;
        this.inputSchema = inputSchema;
    }

    /** Returns a sentence for each pattern that matches nothing, and for each argument that no tool of its rule has. */
    public List<String> warnings(AccessRules rules) {
        var warnings = new ArrayList<String>();
        for (var rule : rules.rules()) {
            rule.targets().tools().stream()
                    .filter(pattern -> tools(pattern).isEmpty())
                    .forEach(pattern -> warnings.add(sentence(rule, "tool", "is called", pattern)));
            rule.targets().resources().stream()
                    .filter(pattern -> !matchesResource(Glob.of(pattern)))
                    .forEach(pattern -> warnings.add(sentence(rule, "resource or template", "has the URI", pattern)));
            rule.targets().prompts().stream()
                    .filter(pattern -> matching(TargetKind.PROMPT, pattern).isEmpty())
                    .forEach(pattern -> warnings.add(sentence(rule, "prompt", "is called", pattern)));
            rule.conditions().stream()
                    .filter(condition -> !hasArgument(rule, condition))
                    .forEach(condition -> warnings.add("Rule '" + rule.name()
                            + "': no tool of this rule has the argument " + condition.pointer() + "."));
        }
        return warnings;
    }

    private static String sentence(AccessRule rule, String kind, String verb, String pattern) {
        return "Rule '" + rule.name() + "': no " + kind + " " + (pattern.contains("*") ? "matches" : verb) + " "
                + pattern + ".";
    }

    private List<String> tools(String pattern) {
        return matching(TargetKind.TOOL, pattern);
    }

    private List<String> matching(TargetKind kind, String pattern) {
        var glob = Glob.of(pattern);
        return names.apply(kind).stream()
                .filter(name -> mayMatch(() -> glob.matches(name)))
                .toList();
    }

    private boolean matchesResource(Glob glob) {
        return names.apply(TargetKind.RESOURCE).stream().anyMatch(uri -> mayMatch(() -> glob.matches(uri)))
                || names.apply(TargetKind.RESOURCE_TEMPLATE).stream()
                        .anyMatch(template -> mayMatch(() -> TemplateGlob.match(glob, template) != Match.NO));
    }

    /** Returns true also for a text that is too long to be compared. */
    private static boolean mayMatch(BooleanSupplier match) {
        try {
            return match.getAsBoolean();
        } catch (IllegalArgumentException tooLong) {
            return true;
        }
    }

    /** Returns true also if the rule is not about tools only, because other targets have no schema. */
    private boolean hasArgument(AccessRule rule, ArgumentCondition condition) {
        var targets = rule.targets();
        var tools = targets.tools().stream()
                .flatMap(pattern -> tools(pattern).stream())
                .toList();
        boolean toolsOnly = targets.resources().isEmpty()
                && targets.prompts().isEmpty()
                && targets.tasks().isEmpty();
        return !toolsOnly
                || tools.isEmpty()
                || tools.stream()
                        .anyMatch(tool ->
                                SchemaPath.exists(inputSchema.apply(tool), Conditions.path(condition.pointer())));
    }
}
