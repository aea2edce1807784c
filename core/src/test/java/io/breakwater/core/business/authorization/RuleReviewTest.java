package io.breakwater.core.business.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Misspelt rules. */
class RuleReviewTest {
    private static final Map<TargetKind, Set<String>> NAMES = Map.of(
            TargetKind.TOOL, Set.of("find_orders", "list_orders"),
            TargetKind.RESOURCE, Set.of("db://schema"),
            TargetKind.RESOURCE_TEMPLATE, Set.of("db://tables/{name}"),
            TargetKind.PROMPT, Set.of("summary"));

    private static Iterable<String> review(AccessRule rule, String schema) {
        return new RuleReview(kind -> NAMES.getOrDefault(kind, Set.of()), tool -> (Json.Obj) Json.parse(schema))
                .warnings(AccessRules.of(rule));
    }

    private static Iterable<String> review(AccessRule rule) {
        return review(rule, "{}");
    }

    @Test
    void aPatternThatMatchesNothingIsReported() {
        var rule = AccessRule.allow("r")
                .onTools("find_order", "find_*", "drop_*")
                .onResources("db://tables/orders", "db://*", "file://*", "db://schemas")
                .onPrompts("summary", "sumary")
                .onTasks("tasks/cancel");

        assertThat(review(rule))
                .containsExactlyInAnyOrder(
                        "Rule 'r': no tool is called find_order.",
                        "Rule 'r': no tool matches drop_*.",
                        "Rule 'r': no resource or template matches file://*.",
                        "Rule 'r': no resource or template has the URI db://schemas.",
                        "Rule 'r': no prompt is called sumary.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/region; {\"properties\": {\"customer\": {}}}",
                "/customer/region; {\"properties\": {\"customer\": {\"properties\": {}}}}",
                "/region; {\"properties\": {}, \"additionalProperties\": false}"
            })
    void anArgumentThatNoToolHasIsReported(String pointer, String schema) {
        var rule = AccessRule.allow("eu only").onTools("find_*").whenArgumentIs(pointer, "eu");

        assertThat(review(rule, schema))
                .containsExactly("Rule 'eu only': no tool of this rule has the argument " + pointer + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/region; {\"properties\": {\"region\": {}}}",
                "/region/name; {\"properties\": {\"region\": true}}",
                "/customer/region; {\"properties\": {\"customer\": {\"$ref\": \"#/$defs/c\"}}}",
                "/region; {\"properties\": {}, \"additionalProperties\": true}",
                "/list/0; {\"properties\": {\"list\": {\"items\": {}}}}",
                "/a~1b; {\"properties\": {\"a/b\": {}}}",
                "/region; {}"
            })
    void anArgumentThatAToolMayHaveIsNot(String pointer, String schema) {
        assertThat(review(AccessRule.allow("r").onTools("find_*").whenArgumentIs(pointer, "eu"), schema))
                .isEmpty();
    }

    @Test
    void aTemplateThatIsTooLongToBeComparedIsNotReported() {
        var template = "db://" + "x".repeat(8_000) + "/{name}";
        var review = new RuleReview(
                kind -> kind == TargetKind.RESOURCE_TEMPLATE ? Set.of(template) : Set.of(), tool -> Json.Obj.EMPTY);

        assertThat(review.warnings(AccessRules.of(AccessRule.allow("r").onResources("y".repeat(900)))))
                .isEmpty();
    }

    @Test
    void argumentsOfOtherTargetsHaveNoSchema() {
        var rule = AccessRule.allow("r").onTools("find_*").onResources("db://*").whenArgumentIs("/name", "eu");

        assertThat(review(rule, "{\"properties\": {}}")).isEmpty();
    }
}
