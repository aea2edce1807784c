package io.breakwater.core.business.authorization;

import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
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

/** Random rules, callers and arguments from a few names, so that they often meet. */
public final class RandomAccess {
    private static final List<String> PATTERNS =
            List.of("*", "a*", "*b", "ab", "order://*", "order://1", "order://a*", "*/lines", "x");
    private static final List<String> WORDS = List.of("r", "s", "s:t", "t");
    private static final List<Json> VALUES =
            List.of(Json.of("r"), Json.of("s"), Json.of(1), Json.of(true), new Json.Arr(List.of()));

    private final Random random = new Random();
    private boolean hasConditions;

    /** Starts again with this seed. */
    public void seed(long seed) {
        random.setSeed(seed);
    }

    /** Returns true if the last rules have conditions on arguments. */
    public boolean hasConditions() {
        return hasConditions;
    }

    /** Returns one of these. */
    public <T> T one(List<T> of) {
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

    /** Returns rules. */
    public AccessRules rules() {
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

    /** Returns a caller. */
    public Principal principal() {
        var claims = random.nextBoolean() ? Json.object().put("c", one(VALUES)).build() : Json.Obj.EMPTY;
        var principal = Principal.of("ann")
                .withRoles(some(WORDS, 2))
                .withScopes(some(WORDS, 2))
                .withClaims(claims);
        return random.nextBoolean() ? principal : principal.asClient();
    }

    /** Returns arguments, which can be of another type than conditions expect. */
    public Json.Obj arguments() {
        return random.nextInt(3) == 0
                ? Json.Obj.EMPTY
                : Json.object().put("x", one(VALUES)).build();
    }

    /** Returns the requirements of a definition. */
    public AccessRequirements requirements() {
        return random.nextBoolean() ? AccessRequirements.NONE : new AccessRequirements(some(WORDS, 1), some(WORDS, 2));
    }
}
