package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;
import static io.breakwater.adapter.http.identity.IdentityRig.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.port.driven.TokenVerifier.NotRecognized;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.sample.identity.DpopProof;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.SignedToken;
import io.breakwater.sample.identity.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {
    private static final String ISSUER = "https://issuer.example";

    private final IdentityRig rig = new IdentityRig();
    private final JwtIssuer issuer = JwtIssuer.withSecret(ISSUER, AUDIENCE, Keys.SECRET);

    @AfterEach
    void close() {
        rig.close();
    }

    private SignedToken token() {
        return SignedToken.of(ISSUER, AUDIENCE, rig.clock.instant());
    }

    private static Valid valid(TokenVerifier verifier, String token) {
        var result = verify(verifier, token);
        assertThat(result).isInstanceOf(Valid.class);
        return (Valid) result;
    }

    private Principal principal(JwtIssuer settings, SignedToken token) {
        return valid(rig.jwt(settings), token.sign(Keys.HS256)).principal();
    }

    private Principal principal(SignedToken token) {
        return principal(issuer, token);
    }

    @Test
    void aGoodTokenGivesIdentityRightsExpiryAndId() {
        var result = valid(rig.jwt(issuer), token().sign(Keys.HS256));

        assertThat(result.principal())
                .isEqualTo(Principal.of(ISSUER, "alice")
                        .withRoles(Set.of("analyst"))
                        .withScopes(Set.of("read", "write"))
                        .withClaims(result.principal().claims()));
        assertThat(result.expires())
                .isEqualTo(rig.clock.instant().plusSeconds(3600).plus(JwtIssuer.DEFAULT_CLOCK_SKEW));
        assertThat(result.tokenId()).isEqualTo("token-1");
    }

    @Test
    void aTokenOf16KiBIsValidAndALongerOneIsRefused() {
        int length = 12_000;
        var token = token().claim("x", "x".repeat(length)).sign(Keys.HS256);
        while (token.length() < 16 * 1024 - 4) {
            token = token().claim("x", "x".repeat(++length)).sign(Keys.HS256);
        }

        assertThat(verify(rig.jwt(issuer), token)).isInstanceOf(Valid.class);
        assertThat(verify(
                        rig.jwt(issuer),
                        token().claim("x", "x".repeat(length + 10)).sign(Keys.HS256)))
                .isEqualTo(new Rejected("The token is longer than 16384 characters."));
    }

    @Test
    void aTokenHas1000ValuesAtMost() {
        var numbers = Json.array(Collections.nCopies(1_000, Json.of(1)).toArray(Json[]::new));

        assertThat(verify(rig.jwt(issuer), token().claim("x", numbers).sign(Keys.HS256)))
                .isEqualTo(new Rejected("The token has more than 1000 values in its claims."));
    }

    @Test
    void aTokenHas64AudiencesAtMost() {
        var audiences = new ArrayList<>(Collections.nCopies(63, "https://other.example"));
        audiences.add(AUDIENCE);
        assertThat(verify(
                        rig.jwt(issuer),
                        token().claim("aud", Json.texts(audiences)).sign(Keys.HS256)))
                .isInstanceOf(Valid.class);

        audiences.add(0, "https://other.example");
        assertThat(verify(
                        rig.jwt(issuer),
                        token().claim("aud", Json.texts(audiences)).sign(Keys.HS256)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aTokenSaysToWhichKeyItIsBound() {
        var thumbprint = DpopProof.thumbprint(Keys.of("ES256"));
        var bound = token().claim("cnf", DpopProof.confirmation(thumbprint));
        var result = valid(rig.jwt(issuer), bound.sign(Keys.HS256));

        assertThat(result.keyThumbprint()).isEqualTo(thumbprint);
        assertThat(result.principal()).as("another key, the same rights").isEqualTo(principal(token()));
        assertThat(valid(rig.jwt(issuer), token().sign(Keys.HS256)).keyThumbprint())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"jkt\"",
                "[]",
                "{\"jkt\":1}",
                "{\"jkt\":\"\"}",
                "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4\"}",
                "{\"x5t#S256\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}",
                "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\",\"x5t#S256\":\"a\"}"
            })
    void aTokenThatIsBoundInAnotherWayIsNotValid(String confirmation) {
        var token = token().claim("cnf", Json.parse(confirmation)).sign(Keys.HS256);

        assertThat(verify(rig.jwt(issuer), token))
                .isEqualTo(new Rejected("The token is bound to a key in a way that is not supported (cnf)."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void aTokenOfEachAlgorithmIsValid(String algorithm) {
        try (var provider = OpenIdProvider.start("", rig.clock, Keys.all())) {
            var verifier = rig.jwt(JwtIssuer.withMetadata(provider.issuer(), AUDIENCE));

            assertThat(verify(verifier, provider.token(AUDIENCE).sign(Keys.of(algorithm))))
                    .isInstanceOf(Valid.class);
            var other = provider.token(AUDIENCE).claim("sub", "mallory").sign(Keys.forged(algorithm));
            assertThat(verify(verifier, other)).isNotInstanceOf(Valid.class);
        }
    }

    @Test
    void onlyTheAlgorithmsOfTheSettingsAreAccepted() {
        try (var provider = OpenIdProvider.start("", rig.clock, Keys.of("ES256"), Keys.of("RS256"))) {
            var issuer = JwtIssuer.withMetadata(provider.issuer(), AUDIENCE);
            var verifier = rig.jwt(issuer.withAlgorithms(Set.of(SigningAlgorithm.RS256)));

            assertThat(verify(verifier, provider.token(AUDIENCE).sign(Keys.of("RS256"))))
                    .isInstanceOf(Valid.class);
            assertThat(verify(verifier, provider.token(AUDIENCE).sign(Keys.of("ES256"))))
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void theNewNameOfEd25519IsAccepted() {
        try (var provider = OpenIdProvider.start("", rig.clock, Keys.of("EdDSA"))) {
            var verifier = rig.jwt(JwtIssuer.withMetadata(provider.issuer(), AUDIENCE));
            var token = provider.token(AUDIENCE).header("alg", Json.of("Ed25519"));

            assertThat(verify(verifier, token.sign(Keys.of("EdDSA")))).isInstanceOf(Valid.class);
        }
    }

    @Test
    void aTokenWithoutKeyIdIsValidIfOneKeyFits() {
        try (var provider = OpenIdProvider.start("", rig.clock, Keys.of("ES256"), Keys.of("RS256"))) {
            var verifier = rig.jwt(JwtIssuer.withMetadata(provider.issuer(), AUDIENCE));
            var compact = SignedToken.compact(
                    "{\"alg\":\"ES256\"}", provider.token(AUDIENCE).claims().toString(), Keys.of("ES256"));

            assertThat(verify(verifier, compact)).isInstanceOf(Valid.class);
        }
    }

    @Test
    void aTokenOfAnotherIssuerOrAnOpaqueOneIsNotRecognized() {
        var verifier = rig.jwt(issuer);
        var other = token().claim("iss", "https://another.example").sign(Keys.HS256);

        assertThat(verifier.inspect(other)).isInstanceOf(NotRecognized.class);
        assertThat(verifier.inspect(token().withoutClaim("iss").sign(Keys.HS256)))
                .isInstanceOf(NotRecognized.class);
        assertThat(verifier.inspect("2YotnFZFEjr1zCsicMWpAA")).isInstanceOf(NotRecognized.class);
    }

    @Test
    void eachIssuerHasItsOwnKeys() {
        var secret = SigningKey.secret("x", new SecureRandom().generateSeed(40));
        var verifier = rig.jwt(issuer, JwtIssuer.withMetadata("https://other.example", AUDIENCE));

        assertThat(verify(verifier, token().sign(Keys.HS256))).isInstanceOf(Valid.class);
        assertThat(verify(verifier, token().sign(secret))).isNotInstanceOf(Valid.class);
        assertThat(verify(
                        verifier, token().claim("iss", "https://other.example").sign(Keys.HS256)))
                .isNotInstanceOf(Valid.class);
    }

    @Test
    void oneOfSeveralAudiencesIsEnough() {
        var audiences = Json.array(Json.of("https://another.example"), Json.of(AUDIENCE));

        assertThat(principal(token().claim("aud", audiences)).subject()).isEqualTo("alice");
    }

    @Test
    void aTokenIsValidUntilItsExpiryAndTheSkew() {
        var verifier = rig.jwt(issuer);
        var token = token().sign(Keys.HS256);

        rig.clock.advance(Duration.ofSeconds(3600 + 29));
        assertThat(verify(verifier, token)).isInstanceOf(Valid.class);
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(verify(verifier, token)).isNotInstanceOf(Valid.class);
    }

    @Test
    void clocksMayDifferByTheSkew() {
        long now = rig.clock.instant().getEpochSecond();

        assertThat(principal(token().claim("nbf", Json.of(now + 30)).claim("iat", Json.of(now + 30)))
                        .subject())
                .isEqualTo("alice");
    }

    @Test
    void aClientThatActsForAUserIsKept() {
        var user = principal(token().claim("client_id", "editor"));

        assertThat(user.kind()).isEqualTo(Principal.Kind.USER_VIA_CLIENT);
        assertThat(user.client()).isEqualTo("editor");
        assertThat(principal(token().claim("azp", "editor")))
                .satisfies(same -> assertThat(same.id()).isEqualTo(user.id()));
    }

    @Test
    void aClientThatActsForItselfIsAClient() {
        var sameSubject = principal(token().claim("sub", "robot").claim("client_id", "robot"));
        var noSubject = principal(token().withoutClaim("sub").claim("client_id", "robot"));
        var otherSubject = principal(
                token().claim("sub", "robot@clients").claim("azp", "robot").claim("gty", "client-credentials"));

        assertThat(sameSubject.kind()).isEqualTo(Principal.Kind.CLIENT);
        assertThat(noSubject.kind()).isEqualTo(Principal.Kind.CLIENT);
        assertThat(otherSubject.kind()).isEqualTo(Principal.Kind.CLIENT);
        assertThat(noSubject.id()).isEqualTo(sameSubject.id());
    }

    @Test
    void claimsCanHaveOtherNamesAndBeNested() {
        var mapping = ClaimMapping.DEFAULT
                .withRoles("realm_access.roles")
                .withScopes("permissions")
                .withTenant("https://example.com/tenant");
        var token = token().claim(
                        "realm_access",
                        Json.object().put("roles", Json.array(Json.of("admin"))).build())
                .claim("permissions", Json.array(Json.of("a"), Json.of("b")))
                .claim("https://example.com/tenant", "north");
        var principal = principal(issuer.withClaims(mapping), token);

        assertThat(principal.roles()).containsExactly("admin");
        assertThat(principal.scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(principal.tenant()).isEqualTo("north");
    }

    @Test
    void scpCountsWhereThereIsNoScope() {
        var token = token().withoutClaim("scope").claim("scp", Json.array(Json.of("read")));

        assertThat(principal(token).scopes()).containsExactly("read");
        assertThat(principal(token().withoutClaim("scope").withoutClaim("roles"))
                        .scopes())
                .isEmpty();
    }

    @Test
    void theClaimsOfARenewedTokenAreTheSame() {
        var first = principal(token());
        rig.clock.advance(Duration.ofMinutes(10));
        var second = principal(token().claim("jti", "token-2"));

        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(first.claims().members())
                .doesNotContainKeys("exp", "iat", "nbf", "jti")
                .containsKey("scope");
    }

    @Test
    void theTypeOfAccessTokensCanBeRequired() {
        var strict = rig.jwt(issuer.withAccessTokenType());

        assertThat(verify(
                        strict,
                        token().header("typ", Json.of("application/at+jwt")).sign(Keys.HS256)))
                .isInstanceOf(Valid.class);
        assertThat(verify(strict, token().header("typ", Json.of("JWT")).sign(Keys.HS256)))
                .isNotInstanceOf(Valid.class);
        assertThat(verify(strict, token().withoutHeader("typ").sign(Keys.HS256)))
                .isNotInstanceOf(Valid.class);
    }
}
