package io.breakwater.server.settings;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.port.Json;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AccessRuleTest {

    @Test
    void aCriterionWithoutAValueIsRefused() {
        List<UnaryOperator<AccessRule>> empty = List.of(
                AccessRule::forRoles,
                AccessRule::forScopes,
                AccessRule::forSubjects,
                AccessRule::forIssuers,
                AccessRule::forTenants,
                AccessRule::forKinds);

        for (var criterion : empty) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> criterion.apply(AccessRule.allow("all")))
                    .withMessage("A criterion must have at least one value. Without one, do not call the method.");
        }
    }

    @Test
    void aClaimThatDiffersInEachTokenIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRule.deny("session").forClaim("sid", Json.of("1")))
                .withMessageContaining("cannot depend on the claim sid, which describes one token");
    }
}
