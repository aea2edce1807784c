package io.breakwater.core.presentation.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.settings.ProtectedResource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Challenges are header fields, whatever the URL of the resource contains. */
class ChallengesTest {

    @Test
    void aUrlWithOtherLettersIsSentInAscii() {
        var resource = new ProtectedResource("https://example.org/büro", List.of("https://issuer"), List.of());

        assertThat(Challenges.of(resource, new TokenSchemes(true, List.of())).withoutCredential(List.of("a", "b")))
                .isEqualTo("Bearer resource_metadata="
                        + "\"https://example.org/.well-known/oauth-protected-resource/b%C3%BCro\", scope=\"a b\"");
    }
}
