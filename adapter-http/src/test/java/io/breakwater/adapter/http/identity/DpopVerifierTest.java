package io.breakwater.adapter.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import io.breakwater.port.driven.ProofVerifier.Candidate;
import io.breakwater.port.driven.ProofVerifier.Inspection;
import io.breakwater.port.driven.ProofVerifier.ProvedRequest;
import io.breakwater.port.driven.ProofVerifier.Rejected;
import io.breakwater.sample.identity.DpopProof;
import io.breakwater.sample.identity.ForgedProofs;
import io.breakwater.sample.identity.SignedToken;
import io.breakwater.sample.identity.SigningKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs with real keys. */
class DpopVerifierTest {
    private static final int MIN_FORGED = 75;
    private static final ProvedRequest REQUEST =
            new ProvedRequest("POST", "https://mcp.example/a/mcp", "the-token-of-alice");

    private final TestClock clock = new TestClock();
    private final DpopVerifier verifier = DpopVerifier.of(clock);

    private SignedToken good(SigningKey key) {
        return DpopProof.of(key, REQUEST.method(), REQUEST.url(), REQUEST.token(), clock.instant());
    }

    private Inspection inspect(SignedToken proof) {
        return verifier.inspect(proof.sign(Keys.of("ES256")), REQUEST);
    }

    private static boolean isValid(Inspection inspection) {
        return inspection instanceof Candidate proof && proof.verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA", "PS256", "RS256"})
    void aProofOfEachAlgorithmIsValidWithItsKeyOnly(String algorithm) {
        var key = Keys.of(algorithm);
        var proof = (Candidate) verifier.inspect(good(key).sign(key), REQUEST);

        assertThat(proof.verify()).isTrue();
        assertThat(proof.keyThumbprint()).isEqualTo(DpopProof.thumbprint(key));
        assertThat(proof.expires()).isEqualTo(clock.instant().plusSeconds(60));

        var forged = (Candidate) verifier.inspect(good(key).sign(Keys.forged(algorithm)), REQUEST);
        assertThat(forged.verify()).isFalse();
        assertThat(forged.keyThumbprint()).isEqualTo(DpopProof.thumbprint(key));
    }

    @Test
    void theTwoNamesOfEdDsaAreOneAlgorithm() {
        var key = Keys.of("EdDSA");

        assertThat(isValid(verifier.inspect(
                        good(key).header("alg", Json.of("Ed25519")).sign(key), REQUEST)))
                .isTrue();
        assertThat(verifier.algorithms())
                .containsExactly("ES256", "ES384", "ES512", "EdDSA", "Ed25519", "PS256", "RS256");
    }

    @Test
    void everyForgedProofIsRefusedWithoutCryptographyAndWithTheReason() {
        assertThat(isValid(inspect(good(Keys.of("ES256"))))).isTrue();
        var forged = ForgedProofs.of(Keys.of("ES256"), REQUEST, clock.instant());

        assertThat(forged).hasSizeGreaterThan(MIN_FORGED);
        assertThat(forged)
                .allSatisfy((name, one) -> assertThat(verifier.inspect(one.proof(), REQUEST))
                        .as(name)
                        .isEqualTo(new Rejected(one.reason())));
    }

    @Test
    void aPointThatIsNotOnTheCurveIsNoKey() {
        var key = Keys.of("ES256");
        var jwk = new SignedToken(DpopProof.publicKey(key), Json.Obj.EMPTY)
                .header("y", Json.of("A".repeat(43)))
                .header();

        assertThat(isValid(inspect(good(key).header("jwk", jwk)))).isFalse();
    }

    @Test
    void aSmallRsaKeyIsNoKey() {
        var small = SigningKey.rsa("small", 1024);
        var proof = good(small).sign(small) + "A".repeat(172);

        assertThat(isValid(verifier.inspect(proof, REQUEST))).isFalse();
    }

    @Test
    void whatElseTheKeyContainsHasNoEffect() {
        var key = Keys.of("ES256");
        var jwk = new SignedToken(DpopProof.publicKey(key), Json.Obj.EMPTY)
                .header("x5u", Json.of("https://attacker.example/chain"))
                .header("x5c", Json.array(Json.of("MIIB")))
                .header("kid", Json.of("one"))
                .header();
        var proof = (Candidate) inspect(good(key).header("jwk", jwk));

        assertThat(proof.verify()).isTrue();
        assertThat(proof.keyThumbprint()).isEqualTo(DpopProof.thumbprint(key));
    }

    @Test
    void aProofIsAcceptedForAMinuteAndFromASenderWhoseClockIsHalfAMinuteAhead() {
        var proof = good(Keys.of("ES256")).sign(Keys.of("ES256"));
        clock.advance(Duration.ofSeconds(59));
        assertThat(isValid(verifier.inspect(proof, REQUEST))).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(verifier.inspect(proof, REQUEST)).isEqualTo(new Rejected(ForgedProofs.OLD));

        var ahead = clock.instant().getEpochSecond() + 30;
        assertThat(isValid(inspect(good(Keys.of("ES256")).claim("iat", Json.of(ahead)))))
                .isTrue();
        assertThat(inspect(good(Keys.of("ES256")).claim("iat", Json.of(ahead + 1))))
                .isEqualTo(new Rejected(ForgedProofs.FUTURE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mcp.example/a/mcp",
                "HTTPS://MCP.Example/a/mcp",
                "https://mcp.example:443/a/mcp",
                "https://mcp.example/%61/mcp",
                "https://mcp.example/a/mcp?x=1",
                "https://mcp.example/a/mcp#x"
            })
    void formsOfTheSameUrlAreEqual(String url) {
        assertThat(isValid(inspect(good(Keys.of("ES256")).claim("htu", url)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mcp.example/a/mcp",
                "https://mcp.example:8443/a/mcp",
                "https://mcp.example/A/mcp",
                "https://mcp.example/a%2Fmcp",
                "https://mcp.example/a//mcp",
                "https://mcp.example",
                "ftp://mcp.example/a/mcp",
                "https:/a/mcp",
                "mailto:mcp.example"
            })
    void otherUrlsAreNot(String url) {
        assertThat(inspect(good(Keys.of("ES256")).claim("htu", url)))
                .isEqualTo(new Rejected(ForgedProofs.url(REQUEST)));
    }

    @Test
    void aClaimThatTheServerDoesNotKnowHasNoEffect() {
        assertThat(isValid(inspect(good(Keys.of("ES256")).claim("nonce", "of another server"))))
                .isTrue();
    }

    @Test
    void neitherAResultNorItsTextContainsTheProofOrTheToken() {
        var proof = good(Keys.of("ES256")).sign(Keys.of("ES256"));

        assertThat(verifier.inspect(proof, REQUEST).toString()).doesNotContain(proof, REQUEST.token());
    }

    @Test
    void theAlgorithmsArePinned() {
        var curve = DpopVerifier.of(List.of(SigningAlgorithm.ES256), clock);
        var key = Keys.of("EdDSA");

        assertThat(curve.inspect(good(key).sign(key), REQUEST)).isEqualTo(new Rejected(ForgedProofs.ALGORITHM));
        assertThat(curve.algorithms()).containsExactly("ES256");
        assertThatThrownBy(() -> DpopVerifier.of(List.of(SigningAlgorithm.HS256), clock))
                .hasMessageContaining("key pair");
        assertThatThrownBy(() -> DpopVerifier.of(List.of(), clock)).hasMessageContaining("must not be empty");
    }
}
