package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;
import static io.breakwater.adapter.http.identity.IdentityRig.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.TokenVerifier.Candidate;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.sample.identity.OpenIdProvider;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The forged tokens are refused, and almost all of them before the signature is verified. */
class ForgedTokensTest {
    private static final int MIN_TOKENS = 90;

    private static final Set<String> REACH_THE_SIGNATURE = Set.of(
            // Only the signature shows that these are forged.
            "key of an attacker",
            "key of an attacker at jku",
            "key of an attacker at x5u",
            "key of an attacker in jwk",
            "key of an attacker in x5c",
            "payload of another token",
            "signature of zeros",
            // These are signed by the issuer; the claims that give identity and rights are mapped last.
            "client is a list",
            "empty sub",
            "jti is a number",
            "long sub",
            "neither sub nor client",
            "roles are an object",
            "roles are numbers",
            "scope is a number",
            "sub is a number");

    private final IdentityRig rig = new IdentityRig();
    private final OpenIdProvider provider = OpenIdProvider.start("", rig.clock, Keys.of("RS256"), Keys.of("ES256"));
    private final JwtVerifier verifier = rig.jwt(JwtIssuer.withMetadata(provider.issuer(), AUDIENCE));

    @AfterEach
    void close() {
        provider.close();
        rig.close();
    }

    @Test
    void everyForgedTokenIsRefused() {
        var good = provider.token(AUDIENCE);
        assertThat(verify(verifier, good.sign(Keys.of("ES256")))).isInstanceOf(Valid.class);
        var forged = ForgedTokens.of(good, rig.clock.instant().getEpochSecond());

        assertThat(forged).hasSizeGreaterThan(MIN_TOKENS);
        assertThat(forged).allSatisfy((name, token) -> {
            var result = verify(verifier, token);
            assertThat(result).as(name).isInstanceOf(Rejected.class);
            assertThat(((Rejected) result).reason())
                    .as(name)
                    .doesNotContain(token)
                    .endsWith(".");
        });
        assertThat(provider.requests("/keys")).isEqualTo(1);
    }

    @Test
    void onlyTokensWithAnAcceptedHeaderAndAcceptedClaimsReachTheSignature() {
        var good = provider.token(AUDIENCE);
        verify(verifier, good.sign(Keys.of("ES256")));
        var expensive = new TreeSet<String>();
        ForgedTokens.of(good, rig.clock.instant().getEpochSecond()).forEach((name, token) -> {
            if (verifier.inspect(token) instanceof Candidate) {
                expensive.add(name);
            }
        });

        assertThat(expensive).isEqualTo(new TreeSet<>(REACH_THE_SIGNATURE));
    }
}
