package io.breakwater.core.business.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listing and calling agree, for random rules, callers and targets. The seed is in the message of a failure. */
class ListingAndCallingTest {
    private static final int RUNS = 10_000;
    private static final List<String> NAMES = List.of("a", "ab", "abc", "b", "order://1", "order://a/lines");
    private final RandomAccess random = new RandomAccess();

    @Test
    void agreeForRandomRules() {
        int denied = 0;
        int calls = 0;
        for (int i = 0; i < RUNS; i++) {
            long seed = System.nanoTime() + i;
            random.seed(seed);
            var engine = RuleEngine.of(random.rules());
            var principal = random.principal();
            for (int j = 0; j < 5; j++) {
                denied += agree(engine, principal, "seed " + seed) ? 0 : 1;
                calls++;
            }
        }
        assertThat(denied).isBetween(calls / 10, calls * 9 / 10); // the samples have both
    }

    /** Checks one target; returns whether it is listed. */
    private boolean agree(RuleEngine engine, Principal principal, String seed) {
        var kind = random.one(List.of(TargetKind.TOOL, TargetKind.RESOURCE, TargetKind.PROMPT, TargetKind.TASK));
        var name = random.one(NAMES);
        var requirements = random.requirements();
        var listed = engine.decide(new AccessRequest(principal, kind, name, requirements, null));
        var arguments = random.arguments();
        var called = engine.decide(new AccessRequest(principal, kind, name, requirements, () -> arguments));
        var again = engine.decide(new AccessRequest(principal, kind, name, requirements, () -> arguments));
        assertThat(again).as(seed).isEqualTo(called);
        if (listed instanceof AccessDecision.Denied) {
            assertThat(called).as(seed).isInstanceOf(AccessDecision.Denied.class);
        }
        if (!random.hasConditions()) {
            assertThat(called).as(seed).isEqualTo(listed);
        }
        return !(listed instanceof AccessDecision.Denied);
    }

    @Test
    void aTemplateThatIsNotListedHasNoResourceThatCanBeRead() {
        for (int i = 0; i < RUNS; i++) {
            long seed = System.nanoTime() + i;
            random.seed(seed);
            var engine = RuleEngine.of(random.rules());
            var principal = random.principal();
            var requirements = random.requirements();
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
