package io.breakwater.port.driven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final Principal ANN = Principal.of("keys", "ann").asClient();
    private final ApiKeyFormat.KeyParts parts = ApiKeyFormat.generate();
    private final ApiKey key = ApiKey.of(parts.reveal(), ANN);

    @Test
    void aKeyOfATextHasTheDigestOfItsSecretAndDoesNotExpire() {
        assertThat(key.id()).isEqualTo(parts.id());
        assertThat(key.principal()).isEqualTo(ANN);
        assertThat(key.expires()).isNull();
        assertThat(key.secrets()).extracting(SecretDigest::expires).containsOnlyNulls();
        assertThat(ApiKeyFormat.matches(
                        parts.secret(), List.of(key.secrets().getFirst().sha256())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bw_", "bw_abcdefgh", "bw_abcdefgh.short", "swordfish"})
    void aTextInAnotherFormatIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> ApiKey.of(text, ANN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The text is not an API key: bw_<id>.<secret>.");
    }

    @Test
    void aSourceHasExactlyTheKeysThatItWasMadeOf() {
        var given = new ArrayList<>(List.of(key));
        var keys = ApiKeys.of(given);
        given.clear();

        assertThat(keys.find(parts.id())).contains(key);
        assertThat(keys.find("another1")).isEmpty();
        assertThat(keys.find(ApiKeyFormat.NO_ID)).isEmpty();
    }

    @Test
    void twoKeysWithOneIdAreRefused() {
        var second = ApiKey.of(ApiKeyFormat.withNewSecret(parts.id()).reveal(), ANN);

        assertThatThrownBy(() -> ApiKeys.of(List.of(key, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two API keys have the id '" + parts.id() + "'.");
    }
}
