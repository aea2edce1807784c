package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.sample.settings.NullComponents;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentitySettingsTest {
    private static final URI KEYS = URI.create("https://issuer.example/keys");
    private static final JwtIssuer PUBLISHED = JwtIssuer.withKeySet("https://issuer.example", AUDIENCE, KEYS);
    private static final IntrospectionSettings OPAQUE =
            IntrospectionSettings.of("https://issuer.example", KEYS, "client", "secret", AUDIENCE);

    @Test
    void nullIsRefusedWithTheNameOfTheComponent() {
        assertThat(NullComponents.acceptedBy(
                        PUBLISHED,
                        PUBLISHED.keys() instanceof KeyLocation.KeySet keys ? keys : new KeyLocation.Metadata(),
                        new KeyLocation.SharedSecret(Keys.SECRET),
                        ClaimMapping.DEFAULT,
                        KeySetSettings.DEFAULT,
                        OPAQUE,
                        OPAQUE.cache()))
                .isEmpty();
    }

    @Test
    void aSecretIsForHs256OnlyAndPublishedKeysAreForOtherAlgorithms() {
        var secret = JwtIssuer.withSecret("issuer", AUDIENCE, Keys.SECRET);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> secret.withAlgorithms(Set.of(SigningAlgorithm.HS256, SigningAlgorithm.RS256)))
                .withMessage("algorithms must be HS256 only, because the key is a shared secret.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PUBLISHED.withAlgorithms(Set.of(SigningAlgorithm.HS256, SigningAlgorithm.ES256)))
                .withMessageContaining("must not contain HS256");
        assertThatIllegalArgumentException().isThrownBy(() -> PUBLISHED.withAlgorithms(Set.of()));
    }

    @Test
    void theClockSkewIsAtMostAMinute() {
        assertThat(PUBLISHED.withClockSkew(Duration.ofSeconds(60)).clockSkew()).isEqualTo(Duration.ofMinutes(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PUBLISHED.withClockSkew(Duration.ofSeconds(61)))
                .withMessage("clockSkew must be at most 60 seconds, but is PT1M1S.");
    }

    @Test
    void keysAndIntrospectionNeedHttps() {
        var insecure = URI.create("http://issuer.example/keys");

        assertThatIllegalArgumentException().isThrownBy(() -> JwtIssuer.withKeySet("issuer", AUDIENCE, insecure));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntrospectionSettings.of("issuer", insecure, "client", "secret", AUDIENCE));
    }

    @Test
    void keySetSettingsThatContradictEachOtherAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySetSettings.DEFAULT.withStaleFor(Duration.ofMinutes(10)))
                .withMessage("staleFor must be more than lifetime.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySetSettings.DEFAULT.withTimeout(Duration.ofMinutes(3)))
                .withMessageStartingWith("refreshAhead");
    }
}
