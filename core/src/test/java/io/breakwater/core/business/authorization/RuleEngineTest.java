package io.breakwater.core.business.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessDecision.Allowed;
import io.breakwater.port.AccessDecision.Denied;
import io.breakwater.port.AccessDecision.ScopesRequired;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRule.Effect;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ArgumentCondition;
import io.breakwater.server.settings.ScopeHierarchy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How rules and requirements decide. */
class RuleEngineTest {
    private static final Principal ANN =
            Principal.of("https://issuer", "ann").withRoles(Set.of("support")).withTenant("acme");
    private static final AccessRule ALL_TOOLS = AccessRule.allow("all tools").onTools("*");

    private static AccessDecision decide(
            AccessRules rules, Principal principal, AccessRequirements requirements, Json.@Nullable Obj arguments) {
        return RuleEngine.of(rules)
                .decide(new AccessRequest(
                        principal,
                        TargetKind.TOOL,
                        "find_order",
                        requirements,
                        arguments == null ? null : () -> arguments));
    }

    private static AccessDecision decide(AccessRules rules, Principal principal) {
        return decide(rules, principal, AccessRequirements.NONE, Json.Obj.EMPTY);
    }

    private static AccessRequirements scopes(String... scopes) {
        return new AccessRequirements(Set.of(), Set.of(scopes));
    }

    private static Json.Obj argument(Json value) {
        return Json.object().put("region", value).build();
    }

    @Test
    void withoutRulesTheRequirementsDecide() {
        var roles = new AccessRequirements(Set.of("admin", "support"), Set.of());

        assertThat(decide(AccessRules.NONE, ANN)).isInstanceOf(Allowed.class);
        assertThat(decide(AccessRules.NONE, ANN, roles, null)).isInstanceOf(Allowed.class);
        assertThat(decide(AccessRules.NONE, ANN.withRoles(Set.of("sales")), roles, null))
                .isInstanceOf(Denied.class);
        assertThat(decide(AccessRules.NONE, ANN, scopes("a", "b"), null))
                .isEqualTo(new ScopesRequired("scopes that the definition requires", Set.of("a", "b")));
        assertThat(decide(AccessRules.NONE, ANN.withScopes(Set.of("b", "a")), scopes("a", "b"), null))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void withRulesWhatNoRuleAllowsIsDenied() {
        assertThat(decide(AccessRules.of(AccessRule.allow("r").onTools("other")), ANN))
                .isInstanceOf(Denied.class);
        assertThat(decide(AccessRules.of(AccessRule.allow("r").onPrompts("*").onResources("*")), ANN))
                .isInstanceOf(Denied.class);
        assertThat(decide(AccessRules.of(AccessRule.deny("r").onTools("other")), ANN))
                .isInstanceOf(Denied.class);
    }

    @Test
    void aRuleThatDeniesOverridesTheOthersInAnyOrder() {
        var deny = AccessRule.deny("no support").onTools("find_*").forRoles("support");

        assertThat(decide(AccessRules.of(ALL_TOOLS, deny), ANN)).isEqualTo(new Denied("rule \"no support\""));
        assertThat(decide(AccessRules.of(deny, ALL_TOOLS), ANN)).isEqualTo(new Denied("rule \"no support\""));
        assertThat(decide(AccessRules.of(deny, ALL_TOOLS), ANN.withRoles(Set.of())))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void theCallerMeetsAllCriteria() {
        var rule = ALL_TOOLS
                .forRoles("sales", "support")
                .forIssuers("https://issuer")
                .forSubjects("ann", "bob")
                .forTenants("acme")
                .forKinds(Principal.Kind.USER)
                .forClaim("team", Json.of("eu"));
        var claims = Json.object().put("team", "eu").build();
        var rules = AccessRules.of(rule);

        assertThat(decide(rules, ANN.withClaims(claims))).isInstanceOf(Allowed.class);
        assertThat(decide(rules, ANN)).isInstanceOf(Denied.class);
        assertThat(decide(rules, ANN.withClaims(claims).withTenant("other"))).isInstanceOf(Denied.class);
        assertThat(decide(rules, ANN.withClaims(claims).asClient())).isInstanceOf(Denied.class);
        assertThat(decide(rules, ANN.withClaims(claims).withRoles(Set.of("other"))))
                .isInstanceOf(Denied.class);
    }

    @Test
    void aScopeOfARuleCanBeObtainedIfAllElseIsMet() {
        var rules = AccessRules.of(ALL_TOOLS.forRoles("support").forScopes("orders:read"));

        assertThat(decide(rules, ANN, scopes("audit"), null))
                .isEqualTo(new ScopesRequired("scopes that the definition requires", Set.of("audit", "orders:read")));
        assertThat(decide(rules, ANN)).isEqualTo(new ScopesRequired("rule \"all tools\"", Set.of("orders:read")));
        assertThat(decide(rules, ANN.withRoles(Set.of()))).isInstanceOf(Denied.class);
        assertThat(decide(rules, ANN.withScopes(Set.of("orders:read"))))
                .isEqualTo(new Allowed("rule \"all tools\"", Set.of("orders:read")));
    }

    @Test
    void aBroaderScopeSatisfiesNarrowerOnes() {
        var byPrefix = AccessRules.NONE.withScopes(new ScopeHierarchy(Map.of(), true));
        var byMap = AccessRules.NONE.withScopes(
                new ScopeHierarchy(Map.of("admin", Set.of("orders"), "orders", Set.of("orders:read", "admin")), false));

        for (var rules : List.of(byPrefix, byMap)) {
            assertThat(decide(rules, ANN.withScopes(Set.of("orders")), scopes("orders:read"), null))
                    .isInstanceOf(Allowed.class);
            assertThat(decide(rules, ANN.withScopes(Set.of("order")), scopes("orders:read"), null))
                    .isInstanceOf(ScopesRequired.class);
            assertThat(decide(rules, ANN.withScopes(Set.of("orders:read")), scopes("orders"), null))
                    .isInstanceOf(ScopesRequired.class);
        }
        assertThat(decide(byMap, ANN.withScopes(Set.of("admin")), scopes("orders:read"), null))
                .isInstanceOf(Allowed.class);
        assertThat(decide(AccessRules.NONE, ANN.withScopes(Set.of("orders")), scopes("orders:read"), null))
                .isInstanceOf(ScopesRequired.class);
    }

    @Test
    void aScopeThatAPrefixIncludesHasItsNarrowerScopes() {
        var rules = AccessRules.NONE.withScopes(new ScopeHierarchy(
                Map.of("orders:admin", Set.of("audit"), "audit:all", Set.of("reports"), "order", Set.of("other")),
                true));

        assertThat(decide(rules, ANN.withScopes(Set.of("orders")), scopes("audit", "audit:read", "reports"), null))
                .isInstanceOf(Allowed.class);
        assertThat(decide(rules, ANN.withScopes(Set.of("orders")), scopes("other"), null))
                .isInstanceOf(ScopesRequired.class);
        assertThat(decide(rules, ANN.withScopes(Set.of("orders:read")), scopes("audit"), null))
                .isInstanceOf(ScopesRequired.class);
    }

    @Test
    @CoversOutage("access rules: configuration file with a rule that cannot be evaluated")
    void aValueThatIsNestedTooDeeplyDenies() {
        Json nested = Json.of(1);
        for (int depth = 0; depth <= 33; depth++) {
            var rules = AccessRules.of(ALL_TOOLS.whenArgument("/region", new ArgumentCondition.Equal(nested)));
            assertThat(decide(rules, ANN, AccessRequirements.NONE, argument(nested)))
                    .as("depth " + depth)
                    .isInstanceOf(depth <= 32 ? Allowed.class : Denied.class);
            nested = depth % 2 == 0
                    ? new Json.Arr(List.of(nested))
                    : Json.object().put("n", nested).build();
        }
    }

    @Test
    void conditionsOnArgumentsDecideOnCallsAndNotOnLists() {
        var rules = AccessRules.of(ALL_TOOLS.whenArgumentIs("/region", "eu", "uk"));

        assertThat(decide(rules, ANN, AccessRequirements.NONE, null)).isInstanceOf(Allowed.class);
        assertThat(decide(rules, ANN, AccessRequirements.NONE, argument(Json.of("uk"))))
                .isInstanceOf(Allowed.class);
        assertThat(decide(rules, ANN, AccessRequirements.NONE, argument(Json.of("us"))))
                .isInstanceOf(Denied.class);
        assertThat(decide(rules, ANN, AccessRequirements.NONE, Json.Obj.EMPTY)).isInstanceOf(Denied.class);
    }

    @Test
    void aStoredDecisionDoesNotHideLaterArguments() {
        var engine = RuleEngine.of(AccessRules.of(
                ALL_TOOLS,
                AccessRule.deny("far").onTools("*").whenArgument("/region", new ArgumentCondition.Glob("us-*"))));
        for (int i = 0; i < 3; i++) {
            for (var region : List.of("us-east", "eu-west")) {
                var request = new AccessRequest(
                        ANN, TargetKind.TOOL, "t", AccessRequirements.NONE, () -> argument(Json.of(region)));
                assertThat(engine.decide(request) instanceof Denied).isEqualTo(region.startsWith("us"));
            }
        }
    }

    @ParameterizedTest
    @CoversOutage("access rules: configuration file with a rule that cannot be evaluated")
    @EnumSource(Effect.class)
    void aValueOfAnotherTypeDenies(Effect effect) {
        var base = effect == Effect.ALLOW ? AccessRule.allow("r") : AccessRule.deny("r");
        var others = List.of(Json.of(true), new Json.Arr(List.of(Json.of("eu"))), Json.Obj.EMPTY, Json.of(1));
        for (var value : others) {
            var claims = Json.object().put("team", value).build();
            assertThat(decide(
                            AccessRules.of(ALL_TOOLS, base.onTools("*").forClaim("team", Json.of("eu"))),
                            ANN.withClaims(claims)))
                    .as("claim " + value)
                    .isInstanceOf(Denied.class);
            for (var test : List.of(
                    new ArgumentCondition.Equal(Json.of("eu")),
                    new ArgumentCondition.In(List.of(Json.of("eu"))),
                    new ArgumentCondition.Glob("e*"))) {
                var rules = AccessRules.of(ALL_TOOLS, base.onTools("*").whenArgument("/region", test));
                assertThat(decide(rules, ANN, AccessRequirements.NONE, argument(value)))
                        .as(test + " " + value)
                        .isInstanceOf(Denied.class);
            }
        }
    }

    @Test
    void comparesNumbersByValueAndLengthsInCharacters() {
        var equal = new ArgumentCondition.Equal(Json.of(10));
        var shortText = new ArgumentCondition.MaxLength(2);

        assertThat(decide(
                        AccessRules.of(ALL_TOOLS.whenArgument("/region", equal)),
                        ANN,
                        AccessRequirements.NONE,
                        argument(new Json.Decimal(new BigDecimal("1.0e1")))))
                .isInstanceOf(Allowed.class);
        var rules = AccessRules.of(ALL_TOOLS.whenArgument("/region", shortText));
        assertThat(decide(rules, ANN, AccessRequirements.NONE, argument(Json.of("😀😀"))))
                .isInstanceOf(Allowed.class);
        assertThat(decide(rules, ANN, AccessRequirements.NONE, argument(Json.of("abc"))))
                .isInstanceOf(Denied.class);
        assertThat(decide(rules, ANN, AccessRequirements.NONE, argument(Json.of(1))))
                .isInstanceOf(Denied.class);
    }

    @Test
    void findsNestedArgumentsByPointer() {
        var arguments = Json.object()
                .put(
                        "a/b",
                        Json.object()
                                .put("c~d", new Json.Arr(List.of(Json.of("x"), Json.of("eu"))))
                                .build())
                .build();
        var rules = AccessRules.of(ALL_TOOLS.whenArgumentIs("/a~1b/c~0d/1", "eu"));

        assertThat(decide(rules, ANN, AccessRequirements.NONE, arguments)).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @CoversOutage("access rules: configuration file with a rule that cannot be evaluated")
    @ValueSource(strings = {"caller", "target", "arguments"})
    void anExceptionInAnyPartOfARuleDenies(String part) {
        for (var effect : Effect.values()) {
            var faulty = new CompiledRule(
                    "faulty",
                    effect,
                    principal -> failIf(part.equals("caller")),
                    Set.of(),
                    (kind, name) -> failIf(part.equals("target")),
                    arguments -> failIf(part.equals("arguments")));
            var engine = RuleEngine.of(List.of(CompiledRule.of(ALL_TOOLS), faulty));
            var request = new AccessRequest(ANN, TargetKind.TOOL, "t", AccessRequirements.NONE, () -> Json.Obj.EMPTY);

            assertThat(engine.decide(request))
                    .as(effect + " " + part)
                    .isEqualTo(new Denied("rule \"faulty\", which could not be evaluated"));
        }
    }

    private static Match failIf(boolean fails) {
        if (fails) {
            throw new IllegalStateException("planted");
        }
        return Match.YES;
    }

    @Test
    void ownTasksNeedNoRuleAndCanBeDenied() {
        var engine = RuleEngine.of(AccessRules.of(
                ALL_TOOLS,
                AccessRule.deny("no cancelling").onTasks("tasks/cancel").forRoles("support")));

        assertThat(engine.decide(new AccessRequest(
                        ANN, TargetKind.TASK, "tasks/get", AccessRequirements.NONE, () -> Json.Obj.EMPTY)))
                .isInstanceOf(Allowed.class);
        assertThat(engine.decide(new AccessRequest(
                        ANN, TargetKind.TASK, "tasks/cancel", AccessRequirements.NONE, () -> Json.Obj.EMPTY)))
                .isInstanceOf(Denied.class);
    }

    @Test
    void severalAccessesRequireTheScopesOfAll() {
        var control = new AccessControl(AccessRules.NONE, null, fault -> {});
        var caller = ANN.withScopes(Set.of("a"));
        var first = new AccessRequest(caller, TargetKind.TOOL, "one", scopes("a"), null);
        var second = new AccessRequest(caller, TargetKind.TOOL, "two", scopes("b"), null);

        assertThat(AccessControl.combine(control.decide(first), control.decide(first)))
                .isInstanceOf(Allowed.class);
        assertThat(AccessControl.combine(control.decide(first), control.decide(second)))
                .isEqualTo(new ScopesRequired("scopes that the definition requires", Set.of("a", "b")));
    }

    private static AccessRequest tool(String name) {
        return new AccessRequest(ANN, TargetKind.TOOL, name, AccessRequirements.NONE, () -> Json.Obj.EMPTY);
    }

    @Test
    void ofTwoRequestsForOneAccessEitherCanAllowAndEitherCanDeny() {
        var control = new AccessControl(
                AccessRules.of(
                        AccessRule.allow("some").onTools("good", "bad"),
                        AccessRule.allow("scoped").onTools("scoped").forScopes("s"),
                        AccessRule.deny("bad").onTools("bad")),
                null,
                fault -> {});

        for (var name : List.of("good", "unknown", "scoped")) {
            assertThat(control.decideEither(tool("good"), tool(name))).isInstanceOf(Allowed.class);
            assertThat(control.decideEither(tool(name), tool("good"))).isInstanceOf(Allowed.class);
            assertThat(control.decideEither(tool(name), tool("bad"))).isInstanceOf(Denied.class);
            assertThat(control.decideEither(tool("bad"), tool(name))).isInstanceOf(Denied.class);
        }
        assertThat(control.decideEither(tool("unknown"), tool("scoped"))).isInstanceOf(ScopesRequired.class);
        assertThat(control.decideEither(tool("unknown"), tool("other"))).isInstanceOf(Denied.class);
    }

    @Test
    void thePolicyDecidesOnTheFirstOfTwoRequests() {
        var rules = AccessRules.of(AccessRule.allow("second").onTools("second"));
        var control = new AccessControl(
                rules,
                request -> request.name().equals("first") ? new Denied("policy") : new Allowed("policy"),
                fault -> {});

        assertThat(control.decideEither(tool("first"), tool("second"))).isEqualTo(new Denied("policy"));
        assertThat(control.decideEither(tool("second"), tool("first"))).isInstanceOf(Allowed.class);
        var failing = new AccessControl(
                rules,
                request -> {
                    throw new IllegalStateException("planted");
                },
                fault -> {});
        assertThat(failing.decideEither(tool("first"), tool("second"))).isInstanceOf(Denied.class);
    }

    @Test
    @CoversOutage("access policy: application code throwing in a policy")
    void aPolicyOnlyRestrictsAndItsExceptionDenies() {
        var request = new AccessRequest(ANN, TargetKind.TOOL, "t", scopes("a"), null);
        var allowing = new AccessControl(AccessRules.NONE, any -> new Allowed("policy"), fault -> {});
        var asking = new AccessControl(AccessRules.NONE, any -> new ScopesRequired("policy", Set.of("b")), fault -> {});
        var failing = new AccessControl(
                AccessRules.NONE,
                any -> {
                    throw new IllegalStateException("planted");
                },
                fault -> {});

        assertThat(allowing.decide(request)).isInstanceOf(ScopesRequired.class);
        assertThat(asking.decide(request))
                .isEqualTo(new ScopesRequired("scopes that the definition requires", Set.of("a", "b")));
        assertThat(failing.decide(request)).isInstanceOf(Denied.class);
    }

    @Test
    @CoversOutage("access policy: application code throwing in a policy")
    void anErrorOfThePolicyDeniesAndIsReported() {
        var request = new AccessRequest(ANN, TargetKind.TOOL, "t", AccessRequirements.NONE, null);
        for (var error : List.of(new NoClassDefFoundError("planted"), new StackOverflowError("planted"))) {
            var faults = new ArrayList<Throwable>();
            var control = new AccessControl(
                    AccessRules.NONE,
                    any -> {
                        throw error;
                    },
                    faults::add);

            assertThat(control.decide(request)).isInstanceOf(Denied.class);
            assertThat(faults).containsExactly(error);
        }
    }

    @Test
    void rememberedNamesAreShortened() {
        var refused = new RefusedAccesses();
        refused.add("id", ANN, "tool", "x".repeat(100_000), new Denied("rule"));

        assertThat(refused.find("id"))
                .hasValueSatisfying(access -> assertThat(access.name()).isEqualTo("x".repeat(200)));
    }

    @Test
    void rememberedCallersOccupyNoMoreMemoryThanTheLimit() {
        var numbers = Json.array(Collections.nCopies(1_000, Json.of(1)).toArray(Json[]::new));
        var caller = ANN.withClaims(Json.object().put("x", numbers).build());
        var refused = new RefusedAccesses(3 * caller.heapBytes());
        for (int i = 0; i < 10; i++) {
            refused.add("id " + i, caller, "tool", "echo", new Denied("rule"));
        }

        assertThat(refused.find("id 6")).isEmpty();
        assertThat(refused.find("id 7")).isPresent();
        assertThat(refused.find("id 9")).isPresent();
    }

    @Test
    void theRuleDecidesWhereThePolicyAllowsTooAndThePolicyWhereThereAreNoRules() {
        var request = new AccessRequest(ANN, TargetKind.TOOL, "t", AccessRequirements.NONE, null);
        var withRules = new AccessControl(AccessRules.of(ALL_TOOLS), any -> new Allowed("policy"), fault -> {});
        var withoutRules = new AccessControl(AccessRules.NONE, any -> new Allowed("policy"), fault -> {});
        var denying = new AccessControl(AccessRules.of(ALL_TOOLS), any -> new Denied("policy"), fault -> {});

        assertThat(withRules.decide(request)).isEqualTo(new Allowed("rule \"all tools\""));
        assertThat(withoutRules.decide(request)).isEqualTo(new Allowed("policy"));
        assertThat(denying.decide(request)).isEqualTo(new Denied("policy"));
    }

    @Test
    void equalRulesHaveEqualEpochsAndOthersHaveNot() {
        var rules = AccessRules.of(ALL_TOOLS.forRoles("b", "a"));

        assertThat(RuleEngine.of(rules).epoch())
                .isEqualTo(RuleEngine.of(AccessRules.of(ALL_TOOLS.forRoles("a", "b")))
                        .epoch())
                .isNotEqualTo(RuleEngine.of(AccessRules.of(ALL_TOOLS)).epoch())
                .isNotEqualTo(RuleEngine.of(AccessRules.NONE).epoch());
    }

    @Test
    void explainsEachRule() {
        var engine = RuleEngine.of(AccessRules.of(
                ALL_TOOLS.forScopes("x").whenArgumentIs("/region", "eu"),
                AccessRule.deny("other").onTools("z*").forRoles("support")));
        var explanation =
                engine.explain(new AccessRequest(ANN, TargetKind.TOOL, "find_order", AccessRequirements.NONE, null));

        assertThat(explanation.decision()).isEqualTo(new ScopesRequired("rule \"all tools\"", Set.of("x")));
        assertThat(explanation.rules().toString())
                .contains("caller=scopes missing, target=yes, arguments=possible", "caller=yes, target=no");
    }

    @Test
    void theStoreOfDecisionsIsBounded() {
        var engine = RuleEngine.of(AccessRules.of(ALL_TOOLS));
        for (int i = 0; i < RuleEngine.MAX_CALLERS + RuleEngine.MAX_DECISIONS + 10; i++) {
            var caller = Principal.of("user" + i % (RuleEngine.MAX_CALLERS + 7));
            engine.decide(
                    new AccessRequest(caller, TargetKind.TOOL, "t" + i, AccessRequirements.NONE, () -> Json.Obj.EMPTY));
            assertThat(engine.storedCallers()).isLessThanOrEqualTo(RuleEngine.MAX_CALLERS);
            assertThat(engine.storedDecisions()).isLessThanOrEqualTo(RuleEngine.MAX_DECISIONS);
        }
    }
}
