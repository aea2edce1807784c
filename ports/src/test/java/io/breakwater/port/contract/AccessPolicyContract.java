package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccessPolicy} must do. The policy under test allows principals with the role {@code reader} the
 * tools, prompts and resources whose name contains {@code public}, except the tool {@code public_secret}; and if it can
 * use arguments, the tool {@code public_region} only with the argument {@code region} of {@code eu}.
 */
public abstract class AccessPolicyContract {
    private static final Principal READER = Principal.of("ann").withRoles(Set.of("reader"));
    private static final Principal OTHER = Principal.of("bob");
    private static final List<String> NAMES =
            List.of("public_tool", "public_secret", "public_region", "private", "", "http://public/x", "publi", "*");

    /** Creates the policy. */
    protected abstract AccessPolicy make();

    /** Returns false if the policy ignores arguments. */
    protected boolean usesArguments() {
        return true;
    }

    private static AccessRequest request(
            Principal principal, TargetKind kind, String name, @Nullable Supplier<Json.Obj> arguments) {
        return new AccessRequest(principal, kind, name, AccessRequirements.NONE, arguments);
    }

    private static AccessRequest list(Principal principal, String tool) {
        return request(principal, TargetKind.TOOL, tool, null);
    }

    private static Supplier<Json.Obj> region(String region) {
        return () -> Json.object().put("region", region).build();
    }

    private static boolean isDenied(AccessDecision decision) {
        return decision instanceof AccessDecision.Denied;
    }

    @Test
    void allowsWhatItAllowsAndDeniesTheRest() {
        var policy = make();

        assertThat(policy.decide(list(READER, "public_tool"))).isInstanceOf(AccessDecision.Allowed.class);
        assertThat(policy.decide(list(READER, "private"))).isInstanceOf(AccessDecision.Denied.class);
        assertThat(policy.decide(list(READER, "public_secret"))).isInstanceOf(AccessDecision.Denied.class);
        assertThat(policy.decide(list(OTHER, "public_tool"))).isInstanceOf(AccessDecision.Denied.class);
        assertThat(policy.decide(list(Principal.ANONYMOUS, "public_tool"))).isInstanceOf(AccessDecision.Denied.class);
    }

    @Test
    void everyDecisionNamesWhatDecided() {
        var policy = make();

        for (var name : NAMES) {
            assertThat(policy.decide(list(READER, name)).rule()).as(name).isNotBlank();
        }
    }

    @Test
    void whatIsDeniedWithoutArgumentsIsDeniedWithAllArguments() {
        var policy = make();

        for (var kind : TargetKind.values()) {
            for (var name : NAMES) {
                if (isDenied(policy.decide(request(READER, kind, name, null)))) {
                    for (var region : List.of("eu", "us", "")) {
                        assertThat(policy.decide(request(READER, kind, name, region(region))))
                                .as(kind + " " + name + " " + region)
                                .isInstanceOf(AccessDecision.Denied.class);
                    }
                }
            }
        }
    }

    @Test
    void argumentsDecideOnlyWhenTheyAreKnown() {
        var policy = make();

        assertThat(isDenied(policy.decide(list(READER, "public_region")))).isFalse();
        assertThat(isDenied(policy.decide(request(READER, TargetKind.TOOL, "public_region", region("eu")))))
                .isFalse();
        assertThat(isDenied(policy.decide(request(READER, TargetKind.TOOL, "public_region", region("us")))))
                .isEqualTo(usesArguments());
    }

    @Test
    void equalRequestsHaveEqualDecisionsOnAllThreads() throws Exception {
        var policy = make();
        var expected =
                NAMES.stream().map(name -> policy.decide(list(READER, name))).toList();
        var runs = new ArrayList<Callable<List<AccessDecision>>>();
        for (int i = 0; i < 64; i++) {
            runs.add(() -> NAMES.stream()
                    .map(name -> policy.decide(list(READER, name)))
                    .toList());
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var run : threads.invokeAll(runs)) {
                assertThat(run.get()).isEqualTo(expected);
            }
        }
    }
}
