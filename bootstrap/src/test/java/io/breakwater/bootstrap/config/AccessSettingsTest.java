package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ArgumentCondition;
import io.breakwater.server.settings.ScopeHierarchy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessSettingsTest {
    private static final String RULES = """
            access:
              rules:
                - name: analysts read
                  effect: allow
                  tools: [find_*, list_*]
                  resources: order://*
                  prompts: [summary]
                  roles: [analyst, auditor]
                  scopes: [orders:read]
                  subjects: [ann]
                  issuers: [https://id.example.com]
                  tenants: [acme]
                  kinds: [user, user-via-client]
                  claims: {department: sales, level: 5, staff: true, cost: "5"}
                  arguments:
                    - {argument: /region, in: [eu, 7, "7"]}
                    - {argument: /customer/id, equals: 12}
                    - {argument: /note, max-length: 100}
                    - {argument: /path, glob: docs/*}
                - name: no cancelling
                  effect: deny
                  tasks: [tasks/cancel]
              scopes:
                by-prefix: true
                hierarchy:
                  - {scope: orders, includes: [orders:read, orders:write]}
            """;

    @TempDir
    private Path folder = Path.of("");

    private ConfigFolder folder(String yaml) {
        return new ConfigFolder(folder).file("breakwater.yaml", yaml);
    }

    private AccessRules rules(String yaml) {
        return folder(yaml).load().settings().access();
    }

    private static AccessRule expected() {
        return AccessRule.allow("analysts read")
                .onTools("find_*", "list_*")
                .onResources("order://*")
                .onPrompts("summary")
                .forRoles("analyst", "auditor")
                .forScopes("orders:read")
                .forSubjects("ann")
                .forIssuers("https://id.example.com")
                .forTenants("acme")
                .forKinds(Principal.Kind.USER, Principal.Kind.USER_VIA_CLIENT)
                .forClaim("department", Json.of("sales"))
                .forClaim("level", Json.of(5))
                .forClaim("staff", Json.of(true))
                .forClaim("cost", Json.of("5"))
                .whenArgument("/region", new ArgumentCondition.In(List.of(Json.of("eu"), Json.of(7), Json.of("7"))))
                .whenArgument("/customer/id", new ArgumentCondition.Equal(Json.of(12)))
                .whenArgument("/note", new ArgumentCondition.MaxLength(100))
                .whenArgument("/path", new ArgumentCondition.Glob("docs/*"));
    }

    @Test
    void thereAreNoRulesByDefault() {
        assertThat(rules("")).isEqualTo(AccessRules.NONE);
    }

    @Test
    void readsEveryPartOfARule() {
        assertThat(rules(RULES))
                .isEqualTo(new AccessRules(
                        List.of(expected(), AccessRule.deny("no cancelling").onTasks("tasks/cancel")),
                        new ScopeHierarchy(Map.of("orders", Set.of("orders:read", "orders:write")), true)));
    }

    @Test
    void theVariablesContainJson() {
        var access = new ConfigFolder(folder)
                .variable(
                        "BREAKWATER_ACCESS_RULES",
                        "[{\"name\": \"all\", \"effect\": \"allow\", \"tools\": [\"*\"], \"claims\": {\"a\": \"5\"}}]")
                .variable("BREAKWATER_ACCESS_SCOPES_HIERARCHY", "[{\"scope\": \"a\", \"includes\": [\"b\"]}]")
                .load()
                .settings()
                .access();

        assertThat(access)
                .isEqualTo(new AccessRules(
                        List.of(AccessRule.allow("all").onTools("*").forClaim("a", Json.of("5"))),
                        new ScopeHierarchy(Map.of("a", Set.of("b")), false)));
    }

    @Test
    void whatIsShownCanBeReadAgain() {
        var shown = YamlWriter.effective(folder(RULES).load().sections());

        assertThat(shown).contains("\"name\":\"analysts read\"", "\"kinds\":[\"user\",\"user-via-client\"]");
        assertThat(rules(shown)).isEqualTo(rules(RULES));
    }

    @ParameterizedTest
    @CoversOutage("configuration: configuration file not valid at the start")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{effect: allow, tools: a}                           | 'name' is missing",
                "{name: a, tools: a}                                 | 'effect' is missing; write one of allow, deny",
                "{name: a, effect: , tools: a}                       | 'effect' is missing",
                "{name: a, effect: alow, tools: a}                   | access.rules.effect: 'alow' is not valid",
                "{name: a, effect: alow, tools: a}                   | did you mean allow?",
                "{name: a, effect: deny}                             | the rule has no targets",
                "{name: a, effect: deny, tools: []}                  | has no targets",
                "{name: a, effect: deny, tools: a, role: b}          | did you mean roles?",
                "{name: a, effect: deny, tools: a, kinds: [usr]}     | did you mean user?",
                "{name: a, effect: deny, tools: a, scopes: ['a b']}  | access.rules.scopes: 'a b' is not valid",
                "{name: a, effect: deny, tools: a, claims: [b]}      | access.rules.claims: found a list here",
                "{name: a, effect: deny, tools: a, claims: {b: }}    | 'b' has no value",
                "{name: a, effect: deny, tools: a, arguments: [{argument: region, equals: b}]} | a JSON pointer such as",
                "{name: a, effect: deny, tools: a, arguments: [{argument: /a~, equals: b}]}    | '/a~' is not valid",
                "{name: a, effect: deny, tools: a, arguments: [{argument: /a}]}                | one test; write one of",
                "{name: a, effect: deny, tools: a, arguments: [{argument: /a, equals: }]}      | one test; write one of",
                "{name: a, effect: deny, tools: a, arguments: [{argument: /a, glob: b, in: c}]} | one test; write one of",
                "{name: a, effect: deny, tools: a, arguments: [{argument: /a, in: []}]} | needs at least one value",
                "{name: a, effect: deny, tools: a, arguments: [{argument: /a, max-lenght: 3}]} | did you mean max-length",
                "{name: a, effect: deny, tools: a, arguments: [{equals: 3}]}                   | 'argument' is missing",
                "{name: a, effect: allow, tools: a, roles: }         | 'roles' is empty, so it would not restrict the rule",
                "{name: a, effect: allow, tools: a, roles: []}       | 'roles' is empty",
                "{name: a, effect: allow, tools: a, scopes: []}      | 'scopes' is empty",
                "{name: a, effect: allow, tools: a, subjects: ~}     | 'subjects' is empty",
                "{name: a, effect: allow, tools: a, issuers: []}     | 'issuers' is empty",
                "{name: a, effect: allow, tools: a, tenants: []}     | 'tenants' is empty",
                "{name: a, effect: allow, tools: a, kinds: []}       | 'kinds' is empty",
                "{name: a, effect: allow, tools: a, claims: {}}      | 'claims' is empty",
                "{name: a, effect: allow, tools: a, arguments: []}   | 'arguments' is empty",
                "{name: a, effect: deny, tools: a, subjects: [ev*]}  | the subject of a caller, which is not a pattern",
                "{name: a, effect: deny, tools: a, claims: {sid: b}} | describes one token",
                "{name: a, effect: deny, tasks: [tasks/cancle]}      | tasks/get, tasks/update, tasks/cancel, or a pattern",
                "{name: a, effect: deny, tasks: [tasks/*], arguments: [{argument: /a, equals: b}]} | have no arguments"
            })
    void aRuleWithAnErrorIsRefused(String rule, String message) {
        assertThat(folder("access:\n  rules:\n    - " + rule + "\n").errors())
                .isNotEmpty()
                .allMatch(error -> error.startsWith("breakwater.yaml:"))
                .anyMatch(error -> error.contains(message));
    }

    @Test
    void rulesWithoutAValueAreRefused() {
        assertThat(folder("access:\n  rules:\n    # - {name: a, effect: deny, tools: [a]}\n")
                        .errors())
                .singleElement()
                .asString()
                .contains("access.rules: 'rules' has no value, and without rules every caller may do everything");
        assertThat(folder("access:\n  rules: []\n").load().settings().access()).isEqualTo(AccessRules.NONE);
    }

    @Test
    void allErrorsAreReportedTogether() {
        assertThat(folder("""
                        access:
                          rules:
                            - {name: a, effect: allw, tools: [a], role: b}
                            - {effect: deny, tools: [b], kinds: [usr]}
                          scopes:
                            by-prefix: perhaps
                            hierarchy: [{scope: a b}]
                        """).errors()).hasSize(6).allMatch(error -> error.contains(": access."));
    }

    @Test
    void twoRulesWithOneNameAreRefused() {
        assertThat(folder("""
                        access:
                          rules:
                            - {name: a, effect: allow, tools: [a]}
                            - {name: a, effect: deny, tools: [b]}
                        """).errors()).anyMatch(error -> error.contains("two rules have the name 'a'"));
    }
}
