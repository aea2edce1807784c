package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;
import static io.breakwater.adapter.http.identity.IdentityRig.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.driven.TokenVerifier.Candidate;
import io.breakwater.port.driven.TokenVerifier.NotRecognized;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.sample.identity.DpopProof;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import io.breakwater.sample.identity.SignedToken;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Opaque tokens of a real provider. */
class IntrospectionVerifierTest {
    private static final String CLIENT = "server/1";
    private static final String SECRET = "a:b c+d%";
    private static final IntrospectionSettings.Cache CACHE = IntrospectionSettings.Cache.DEFAULT;

    private final IdentityRig rig = new IdentityRig();
    private final OpenIdProvider provider = OpenIdProvider.start("", rig.clock, Keys.of("ES256"));
    private final IntrospectionSettings settings =
            IntrospectionSettings.of(provider.issuer(), provider.uri("/introspect"), CLIENT, SECRET, AUDIENCE);
    private final IntrospectionVerifier verifier = verifier(settings);

    IntrospectionVerifierTest() {
        provider.addClient(CLIENT, SECRET);
    }

    @AfterEach
    void close() {
        provider.close();
        rig.close();
    }

    private IntrospectionVerifier verifier(IntrospectionSettings settings) {
        return IntrospectionVerifier.of(settings, rig.client, rig.clock);
    }

    private SignedToken claims() {
        return provider.token(AUDIENCE);
    }

    private String issued(SignedToken token) {
        return provider.opaqueToken(token.claims());
    }

    private int requests() {
        return provider.requests("/introspect");
    }

    @Test
    void anActiveTokenGivesIdentityRightsAndExpiry() {
        var result = (Valid) verify(verifier, issued(claims().claim("client_id", "editor")));

        assertThat(result.principal().issuer()).isEqualTo(provider.issuer());
        assertThat(result.principal().subject()).isEqualTo("alice");
        assertThat(result.principal().client()).isEqualTo("editor");
        assertThat(result.principal().scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(result.expires()).isEqualTo(rig.clock.instant().plusSeconds(3630));
        assertThat(result.tokenId()).isEqualTo("token-1");
    }

    @ParameterizedTest
    @CsvSource({"token_type,refresh_token", "token_type,DPoP", "token_type,N_A", "token_use,refresh_token"})
    void onlyAnAccessTokenThatIsABearerTokenIsAccepted(String member, String value) {
        assertThat(verify(verifier, issued(claims().claim(member, value)))).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @CsvSource({"token_type,Bearer", "token_type,bearer", "token_type,access_token", "token_use,access_token"})
    void anAccessTokenIsAccepted(String member, String value) {
        assertThat(verify(verifier, issued(claims().claim(member, value)))).isInstanceOf(Valid.class);
    }

    @Test
    void theIssuerSaysToWhichKeyATokenIsBound() {
        var thumbprint = DpopProof.thumbprint(Keys.of("EdDSA"));
        var bound = issued(claims().claim("cnf", DpopProof.confirmation(thumbprint)));
        var unknown = issued(claims().claim("cnf", Json.object().put("kid", "1").build()));

        assertThat(((Valid) verify(verifier, bound)).keyThumbprint()).isEqualTo(thumbprint);
        assertThat(verify(verifier, unknown)).isInstanceOf(Rejected.class);
    }

    @Test
    void aResponseCountsForALimitedTimeFromTheRequestOn() {
        var begin = rig.clock.instant();
        var token = issued(claims());
        var slow = IntrospectionVerifier.of(settings, rig.client, () -> {
            var now = rig.clock.instant();
            rig.clock.advance(Duration.ofSeconds(1));
            return now;
        });
        assertThat(verify(slow, token))
                .isInstanceOfSatisfying(
                        Valid.class,
                        valid -> assertThat(valid.verifyAgain()).isEqualTo(begin.plus(Duration.ofSeconds(60))));

        provider.revoke(token);
        assertThat(verify(slow, token)).isInstanceOf(Rejected.class);
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void aTokenThatHasExpiredIsRefused() {
        long now = rig.clock.instant().getEpochSecond();
        var token = issued(claims().claim("exp", Json.of(now - 20)));

        assertThat(verify(verifier, token)).isInstanceOf(Valid.class);
        rig.clock.advance(Duration.ofSeconds(10));
        assertThat(verify(verifier, token)).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @CoversOutage({
        "opaque tokens: introspection endpoint down",
        "opaque tokens: introspection endpoint responding with errors or garbage"
    })
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CORRECT", "SLOW", "WRONG_ISSUER"})
    void withoutAUsableResponseATokenIsNotAccepted(ProviderBehavior behavior) {
        var quick =
                verifier(settings.withCache(new IntrospectionSettings.Cache(CACHE.valid(), Duration.ofMillis(500))));
        var token = issued(claims());
        provider.behave(behavior);

        assertThat(verify(quick, token)).isInstanceOf(Unavailable.class);
        provider.behave(ProviderBehavior.CORRECT);
        Eventually.holds(() -> verify(quick, token) instanceof Valid);
    }

    @Test
    @CoversOutage("opaque tokens: introspection endpoint responding with errors or garbage")
    void aWrongSecretOfTheServerIsNotTheFaultOfTheToken() {
        var wrong = verifier(
                IntrospectionSettings.of(provider.issuer(), provider.uri("/introspect"), CLIENT, "wrong", AUDIENCE));

        assertThat(verify(wrong, issued(claims()))).isInstanceOf(Unavailable.class);
    }

    @Test
    void theAudienceMustBeThisServer() {
        assertThat(verify(verifier, issued(claims().claim("aud", "https://another.example"))))
                .isInstanceOf(Rejected.class);
        assertThat(verify(verifier, issued(claims().withoutClaim("aud")))).isInstanceOf(Rejected.class);

        var without = verifier(settings.withoutAudience());
        assertThat(verify(without, issued(claims().withoutClaim("aud")))).isInstanceOf(Valid.class);
        assertThat(verify(without, issued(claims().claim("aud", "https://another.example"))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aResponseWithClaimsOfUnexpectedTypesIsRefused() {
        assertThat(verify(verifier, issued(claims().claim("active", Json.of("true")))))
                .isInstanceOf(Rejected.class);
        assertThat(verify(verifier, issued(claims().claim("iss", "https://another.example"))))
                .isInstanceOf(Rejected.class);
        assertThat(verify(verifier, issued(claims().withoutClaim("sub")))).isInstanceOf(Rejected.class);
        assertThat(verify(verifier, issued(claims().claim("exp", "soon")))).isInstanceOf(Rejected.class);
    }

    @Test
    void aTokenWithoutExpiryIsValidForTheTimeOfTheCache() {
        var result = (Valid) verify(verifier, issued(claims().withoutClaim("exp")));

        assertThat(result.expires())
                .isBetween(
                        rig.clock.instant().plus(CACHE.valid()),
                        rig.clock.instant().plus(CACHE.valid()).plusMillis(1));
    }

    @Test
    void signedTokensAreSentOnlyIfTheSettingsSaySo() {
        var signed = claims().sign(Keys.of("ES256"));

        assertThat(verifier.inspect(signed)).isInstanceOf(NotRecognized.class);
        assertThat(verifier(settings.withSignedTokens()).inspect(signed)).isInstanceOf(Candidate.class);
        assertThat(verifier.inspect("a b")).isInstanceOf(NotRecognized.class);
        assertThat(verifier.inspect("a".repeat(16 * 1024))).isInstanceOf(Candidate.class);
        assertThat(verifier.inspect("a".repeat(16 * 1024 + 1))).isInstanceOf(NotRecognized.class);
    }

    @Test
    void secretsDoNotAppearInTheTextOfSettings() {
        assertThat(settings.toString()).doesNotContain(SECRET).contains(CLIENT);
        assertThat(JwtIssuer.withSecret("a", "b", Keys.SECRET).toString()).contains("******");
    }
}
