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
import io.breakwater.port.driven.TokenVerifier.Verification;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import io.breakwater.sample.identity.SignedToken;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        return IntrospectionVerifier.of(settings, rig.client, rig.threads, rig.clock);
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

    @Test
    void aResponseCountsForALimitedTime() {
        var token = issued(claims());
        for (int i = 0; i < 10; i++) {
            assertThat(verify(verifier, token)).isInstanceOf(Valid.class);
        }
        assertThat(requests()).isEqualTo(1);

        provider.revoke(token);
        rig.clock.advance(CACHE.valid().minusMillis(1));
        assertThat(verify(verifier, token)).isInstanceOf(Valid.class);
        rig.clock.advance(Duration.ofMillis(1));
        assertThat(verify(verifier, token)).isInstanceOf(Rejected.class);
    }

    @Test
    void aResponseNeverCountsLongerThanTheToken() {
        long now = rig.clock.instant().getEpochSecond();
        var token = issued(claims().claim("exp", Json.of(now - 20)));

        assertThat(verify(verifier, token)).isInstanceOf(Valid.class);
        rig.clock.advance(Duration.ofSeconds(10));
        assertThat(verify(verifier, token)).isInstanceOf(Rejected.class);
    }

    @Test
    void anUnknownTokenIsRefusedByInspectionForALimitedTime() {
        for (int i = 0; i < 10; i++) {
            assertThat(verify(verifier, "unknown")).isInstanceOf(Rejected.class);
        }
        assertThat(verifier.inspect("unknown")).isInstanceOf(Rejected.class);
        assertThat(requests()).isEqualTo(1);

        rig.clock.advance(CACHE.invalid());
        assertThat(verifier.inspect("unknown")).isInstanceOf(Candidate.class);
    }

    @Test
    void aFloodOfUnknownTokensDoesNotDisplaceAKnownOne() {
        var small = verifier(settings.withCache(
                new IntrospectionSettings.Cache(CACHE.valid(), CACHE.invalid(), 5, CACHE.timeout())));
        var token = issued(claims());
        verify(small, token);
        for (int i = 0; i < 20; i++) {
            verify(small, "unknown" + i);
        }
        int before = requests();

        assertThat(verify(small, token)).isInstanceOf(Valid.class);
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void concurrentCallsWithOneTokenShareOneRequest() throws Exception {
        provider.behave(ProviderBehavior.SLOW);
        var token = issued(claims());
        var results = new ArrayList<Future<Verification>>();
        for (int i = 0; i < 20; i++) {
            results.add(rig.threads.submit(() -> verify(verifier, token)));
        }
        Eventually.holds(() -> requests() == 1);
        provider.behave(ProviderBehavior.CORRECT);

        for (var result : results) {
            assertThat(result.get()).isInstanceOf(Valid.class);
        }
        assertThat(requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CORRECT", "SLOW", "WRONG_ISSUER"})
    void withoutAUsableResponseATokenIsNotAcceptedAndNothingIsStored(ProviderBehavior behavior) {
        var quick = verifier(settings.withCache(new IntrospectionSettings.Cache(
                CACHE.valid(), CACHE.invalid(), CACHE.tokens(), Duration.ofMillis(500))));
        var token = issued(claims());
        provider.behave(behavior);

        assertThat(verify(quick, token)).isInstanceOf(Unavailable.class);
        provider.behave(ProviderBehavior.CORRECT);
        Eventually.holds(() -> verify(quick, token) instanceof Valid);
    }

    @Test
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
        assertThat(verifier.inspect("a".repeat(9000))).isInstanceOf(NotRecognized.class);
    }

    @Test
    void secretsDoNotAppearInTheTextOfSettings() {
        assertThat(settings.toString()).doesNotContain(SECRET).contains(CLIENT);
        assertThat(JwtIssuer.withSecret("a", "b", Keys.SECRET).toString()).contains("******");
    }
}
