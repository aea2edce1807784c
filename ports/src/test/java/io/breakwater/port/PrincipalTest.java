package io.breakwater.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrincipalTest {
    private static final List<String> NAMES =
            List.of("a", "b", "a|b", "a%7Cb", "|", "%", "client", "a|b||client", "a\n", "a%0A", "a\r");

    @Test
    void differentIdentitiesHaveDifferentIds() {
        var ids = new HashSet<String>();
        int made = 0;
        for (var subject : NAMES) {
            for (var issuer : List.of("", "a", "|", "client")) {
                for (var tenant : List.of("", "a", "|", "client")) {
                    var user = Principal.of(issuer, subject).withTenant(tenant);
                    ids.add(user.id());
                    ids.add(user.asClient().id());
                    ids.add(user.viaClient("a").id());
                    ids.add(user.viaClient("client").id());
                    made += 4;
                }
            }
        }

        assertThat(ids).hasSize(made);
    }

    @Test
    void theIdDoesNotDependOnTheRightsAndTheFingerprintDoes() {
        var before = Principal.of("https://issuer.example", "ada").viaClient("editor");
        var after = before.withScopes(Set.of("a", "b")).withRoles(Set.of("admin"));

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
        assertThat(after).isNotEqualTo(before);
        assertThat(after).isEqualTo(before.withRoles(Set.of("admin")).withScopes(Set.of("b", "a")));
    }

    @Test
    void rightsCannotRunTogether() {
        var ada = Principal.of("ada");

        assertThat(ada.withScopes(Set.of("a", "b")).fingerprint())
                .isNotEqualTo(ada.withScopes(Set.of("a,b")).fingerprint())
                .isNotEqualTo(ada.withScopes(Set.of("a\",\"b")).fingerprint())
                .isNotEqualTo(ada.withRoles(Set.of("a", "b")).fingerprint());
    }

    @Test
    void anIdCannotLookLikeTheRightsOfAnother() {
        var admin = Principal.of("ann").withRoles(Set.of("admin"));
        var other = Principal.of(admin.fingerprint());

        assertThat(other.fingerprint()).isNotEqualTo(admin.fingerprint());
        assertThat(other.id()).doesNotContain("\n");
    }

    @Test
    void aUserWhoCallsThroughAClientHasAClient() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Principal.of("ann").viaClient(""))
                .withMessage("The client of a principal must not be empty.");
    }

    @Test
    void onlyACallerWithoutIdentityIsAnonymous() {
        assertThat(Principal.ANONYMOUS.isAnonymous()).isTrue();
        assertThat(Principal.of("issuer", "anonymous").isAnonymous()).isFalse();
    }

    @Test
    void itsMemoryGrowsWithTheValuesOfItsClaimsAndNotOnlyWithTheirText() {
        var numbers = Json.array(Collections.nCopies(1_000, Json.of(1)).toArray(Json[]::new));
        var caller =
                Principal.of("ann").withClaims(Json.object().put("x", numbers).build());

        assertThat(Principal.of("ann").heapBytes()).isLessThan(1_500);
        assertThat(caller.heapBytes()).isGreaterThan(1_000 * 110); // a decimal, its number and the text that it caches
    }
}
