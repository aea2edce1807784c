package io.breakwater.core.business.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessDecision.Allowed;
import io.breakwater.port.AccessDecision.Denied;
import io.breakwater.port.AccessRequirements;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy;
import io.breakwater.port.driven.AccessPolicy.AccessRequest;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers without a credential may use, and that the policy of the application decides on the others. */
class PublicToolsTest {
    private static final Principal ANN = Principal.of("keys", "ann");

    private final PublicTools only = new PublicTools(Set.of("login"), null);

    @Test
    void anonymousCallersMayUseAPublicToolOnly() {
        assertThat(decide(only, Principal.ANONYMOUS, TargetKind.TOOL, "login")).isInstanceOf(Allowed.class);
        assertThat(decide(only, Principal.ANONYMOUS, TargetKind.TOOL, "Login")).isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void whatIsNoToolIsNotPublic(TargetKind kind) {
        assertThat(decide(only, Principal.ANONYMOUS, kind, "login") instanceof Allowed)
                .isEqualTo(kind == TargetKind.TOOL);
    }

    @Test
    void callersWithACredentialAreNotRestricted() {
        assertThat(decide(only, ANN, TargetKind.TOOL, "report")).isInstanceOf(Allowed.class);
    }

    @Test
    void theApplicationsPolicyRestrictsBothFurther() {
        AccessPolicy nothing = request -> new Denied("no");
        var closed = new PublicTools(Set.of("login"), nothing);

        assertThat(decide(closed, Principal.ANONYMOUS, TargetKind.TOOL, "login"))
                .isInstanceOf(Denied.class);
        assertThat(decide(closed, ANN, TargetKind.TOOL, "report")).isInstanceOf(Denied.class);
    }

    @Test
    void changesOfTheApplicationsPolicyAreHeard() {
        var listeners = new AtomicInteger();
        AccessPolicy changing = new AccessPolicy() {
            @Override
            public AccessDecision decide(AccessRequest request) {
                return new Allowed("yes");
            }

            @Override
            public void onChange(Runnable action) {
                listeners.incrementAndGet();
            }
        };

        new PublicTools(Set.of("login"), changing).onChange(() -> {});
        only.onChange(() -> {});

        assertThat(listeners).hasValue(1);
    }

    private static AccessDecision decide(AccessPolicy policy, Principal caller, TargetKind kind, String name) {
        return policy.decide(new AccessRequest(caller, kind, name, AccessRequirements.NONE, null));
    }
}
