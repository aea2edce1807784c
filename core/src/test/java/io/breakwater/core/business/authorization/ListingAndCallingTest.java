package io.breakwater.core.business.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRule.Targets;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ArgumentCondition;
import io.breakwater.server.settings.ScopeHierarchy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Listing and calling agree, for random rules, callers and targets. The seed is in the message of a failure. */
class ListingAndCallingTest {
    private static final int RUNS = 10_000;
    private static final List<String> NAMES = List.of("a", "ab", "abc", "b", "order://1", "order://a/lines");
    private static final List<String> PATTERNS =
            List.of("*", "a*", "*b", "ab", "order://*", "order://1", "order://a*", "*/lines", "x");
    private static final List<String> WORDS = List.of("r", "s", "s:t", "t");
    private static final List<Json> VALUES =
            List.of(Json.of("r"), Json.of("s"), Json.of(1), Json.of(true), new Json.Arr(List.of()));

    private final Random random = new Random();
    private boolean hasConditions;

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Set<String> some(List<String> of, int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(i -> one(of))
                .collect(Collectors.toSet());
    }

    private String[] atLeastOne(List<String> of) {
        var values = new HashSet<>(some(of, 1));
        values.add(one(of));
        return values.toArray(String[]::new);
    }

    private AccessRules rules() {
        var rules = new ArrayList<AccessRule>();
        for (int i = random.nextInt(6); i > 0; i--) {
            var rule = random.nextInt(3) == 0 ? AccessRule.deny("rule " + i) : AccessRule.allow("rule " + i);
            rule = new AccessRule(
                    rule.name(),
                    rule.effect(),
                    new Targets(Set.of(one(PATTERNS)), some(PATTERNS, 2), some(PATTERNS, 2), some(PATTERNS, 1)),
                    rule.callers(),
                    rule.conditions());
            rule = random.nextInt(3) == 0 ? rule.forRoles(atLeastOne(WORDS)) : rule;
            rule = random.nextInt(3) == 0 ? rule.forScopes(atLeastOne(WORDS)) : rule;
            rule = random.nextInt(4) == 0 ? rule.forClaim("c", one(VALUES)) : rule;
            rule = random.nextInt(6) == 0 ? rule.forKinds(one(List.of(Principal.Kind.values()))) : rule;
            rules.add(random.nextInt(3) == 0 ? rule.whenArgument("/x", test()) : rule);
        }
        hasConditions = rules.stream().anyMatch(rule -> !rule.conditions().isEmpty());
        return new AccessRules(rules, new ScopeHierarchy(Map.of("t", Set.of("r")), random.nextBoolean()));
    }

    private ArgumentCondition.Test test() {
        return switch (random.nextInt(4)) {
            case 0 -> new ArgumentCondition.Equal(one(VALUES));
            case 1 -> new ArgumentCondition.In(List.of(one(VALUES), one(VALUES)));
            case 2 -> new ArgumentCondition.Glob(one(PATTERNS));
            default -> new ArgumentCondition.MaxLength(random.nextInt(2));
        };
    }

    private Principal principal() {
        var claims = random.nextBoolean() ? Json.object().put("c", one(VALUES)).build() : Json.Obj.EMPTY;
        var principal = Principal.of("ann")
                .withRoles(some(WORDS, 2))
                .withScopes(some(WORDS, 2))
                .withClaims(claims);
        return random.nextBoolean() ? principal : principal.asClient();
    }

    private Json.Obj arguments() {
        return random.nextInt(3) == 0
                ? Json.Obj.EMPTY
                : Json.object().put("x", one(VALUES)).build();
    }

    private AccessRequirements requirements() {
        return random.nextBoolean() ? AccessRequirements.NONE : new AccessRequirements(some(WORDS, 1), some(WORDS, 2));
    }

    @Test
    void agreeForRandomRules() {
        int denied = 0;
        int calls = 0;
        for (int i = 0; i < RUNS; i++) {
            long seed = System.nanoTime() + i;
            random.setSeed(seed);
            var engine = RuleEngine.of(rules());
            var principal = principal();
            for (int j = 0; j < 5; j++) {
                denied += agree(engine, principal, "seed " + seed) ? 0 : 1;
                calls++;
            }
        }
        assertThat(denied).isBetween(calls / 10, calls * 9 / 10); // the samples have both
    }

    /** Checks one target; returns whether it is listed. */
    private boolean agree(RuleEngine engine, Principal principal, String seed) {
        var kind = one(List.of(TargetKind.TOOL, TargetKind.RESOURCE, TargetKind.PROMPT, TargetKind.TASK));
        var name = one(NAMES);
        var requirements = requirements();
        var listed = engine.decide(new AccessRequest(principal, kind, name, requirements, null));
        var arguments = arguments();
        var called = engine.decide(new AccessRequest(principal, kind, name, requirements, () -> arguments));
        var again = engine.decide(new AccessRequest(principal, kind, name, requirements, () -> arguments));
        assertThat(again).as(seed).isEqualTo(called);
        if (listed instanceof AccessDecision.Denied) {
            assertThat(called).as(seed).isInstanceOf(AccessDecision.Denied.class);
        }
        if (!hasConditions) {
            assertThat(called).as(seed).isEqualTo(listed);
        }
        return !(listed instanceof AccessDecision.Denied);
    }

    @Test
    void aTemplateThatIsNotListedHasNoResourceThatCanBeRead() {
        for (int i = 0; i < RUNS; i++) {
            long seed = System.nanoTime() + i;
            random.setSeed(seed);
            var engine = RuleEngine.of(rules());
            var principal = principal();
            var requirements = requirements();
            var listed = engine.decide(new AccessRequest(
                    principal, TargetKind.RESOURCE_TEMPLATE, "order://{n}/lines", requirements, null));
            if (listed instanceof AccessDecision.Denied) {
                for (var value : List.of("a", "1", "abc")) {
                    var variables = Json.object().put("n", value).build();
                    var read = engine.decide(new AccessRequest(
                            principal,
                            TargetKind.RESOURCE,
                            "order://" + value + "/lines",
                            requirements,
                            () -> variables));
                    assertThat(read).as("seed " + seed).isInstanceOf(AccessDecision.Denied.class);
                }
            }
        }
    }
}
