package io.breakwater.bootstrap.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredApiKeysTest {
    private static final String TEXT = "vR4nXq8Lw2Tz9Kc5Hj7Fb3Gy6Ps1Dm0EuAo";
    private static final KeyRights RIGHTS = new KeyRights(List.of("reader"), List.of("a:b"), "");

    @TempDir
    private Path folder = Path.of("");

    private static boolean matches(ApiKey key, String secret) {
        return ApiKeyFormat.matches(
                secret, key.secrets().stream().map(SecretDigest::sha256).toList());
    }

    @Test
    void findsTheKeysOfTheFileAndTheOneKey() {
        var file = folder.resolve("api_keys.json");
        var stored = new ApiKeysEditor(file, InstantSource.system()).create(new NewKey("reports", RIGHTS, null));

        try (var keys = ConfiguredApiKeys.open(file, TEXT, RIGHTS)) {
            var single = keys.find(ApiKeyFormat.NO_ID).orElseThrow();
            assertThat(single.principal().subject()).isEqualTo("api-key");
            assertThat(single.principal().roles()).containsExactly("reader");
            assertThat(single.principal().scopes()).containsExactly("a:b");
            assertThat(matches(single, TEXT)).isTrue();
            assertThat(matches(single, TEXT + "x")).isFalse();
            assertThat(keys.find(stored.parts().id())).isPresent();
        }
    }

    @Test
    void aKeyInTheUsualFormatIsFoundByItsId() {
        var key = ApiKeyFormat.generate();

        try (var keys = ConfiguredApiKeys.open(folder.resolve("none"), key.reveal(), KeyRights.NONE)) {
            assertThat(matches(keys.find(key.id()).orElseThrow(), key.secret())).isTrue();
            assertThat(keys.find(ApiKeyFormat.NO_ID)).isEmpty();
        }
    }

    @Test
    void noKeyMeansNoKey() {
        try (var keys = ConfiguredApiKeys.open(folder.resolve("none"), null, RIGHTS)) {
            assertThat(keys.find(ApiKeyFormat.NO_ID)).isEmpty();
        }
    }
}
