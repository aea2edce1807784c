package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.apikey.ApiKeysFile;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.ApiKeyFormat.KeyParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    private CommandRun breakwater = new CommandRun(folder);
    private Path file = folder;

    @BeforeEach
    void shell() {
        breakwater = new CommandRun(folder);
        file = folder.resolve("config").resolve("api_keys.json");
    }

    private KeyParts printedKey() {
        return ApiKeyFormat.parse(breakwater.out().lines().findFirst().orElseThrow())
                .orElseThrow();
    }

    private boolean isAccepted(KeyParts key) {
        try (var keys = ApiKeysFile.open(file)) {
            return keys.find(key.id()).filter(found -> matches(found, key)).isPresent();
        }
    }

    private static boolean matches(ApiKey found, KeyParts key) {
        return ApiKeyFormat.matches(
                key.secret(), found.secrets().stream().map(SecretDigest::sha256).toList());
    }

    private Json.Obj printedObject() {
        return (Json.Obj) Json.parse(breakwater.out());
    }

    @Test
    void aNewKeyIsAcceptedAndPrintedWithWhatToPaste() {
        assertThat(breakwater.run("key", "new", "--name", "reports", "--role", "reader,auditor", "--tenant", "acme"))
                .isZero();

        var key = printedKey();
        assertThat(isAccepted(key)).isTrue();
        assertThat(breakwater.out())
                .contains("it is not shown again")
                .contains("\nAuthorization: Bearer " + key.reveal() + "\n")
                .contains("claude_desktop_config.json")
                .contains("\"AUTHORIZATION\": \"Bearer " + key.reveal() + "\"")
                .contains(".vscode/mcp.json")
                .contains("\"headers\": {\n        \"Authorization\": \"Bearer " + key.reveal() + "\"");
        assertThat(breakwater.err()).contains("already running without authentication: restart them.");
        try (var keys = ApiKeysFile.open(file)) {
            var principal = keys.find(key.id()).orElseThrow().principal();
            assertThat(principal.subject()).isEqualTo("reports");
            assertThat(principal.roles()).containsExactlyInAnyOrder("reader", "auditor");
            assertThat(principal.tenant()).isEqualTo("acme");
        }
    }

    @Test
    void whatToPasteNamesThePublicUrl() {
        breakwater.variable("BREAKWATER_HTTP_PUBLIC_URL", "https://tools.example.com/mcp");

        assertThat(breakwater.run("key", "new", "--name", "reports")).isZero();

        assertThat(breakwater.out())
                .contains("\"url\": \"https://tools.example.com/mcp\"")
                .doesNotContain("127.0.0.1:8080");
    }

    @Test
    void scriptsGetJson() {
        assertThat(breakwater.run(
                        "key",
                        "new",
                        "--name",
                        "ci",
                        "--scope",
                        "tools:call",
                        "--expires",
                        "90d",
                        "--client",
                        "cursor",
                        "--output",
                        "json"))
                .isZero();

        var printed = printedObject();
        var key = ApiKeyFormat.parse(String.valueOf(printed.text("key"))).orElseThrow();
        assertThat(isAccepted(key)).isTrue();
        assertThat(printed.text("id")).isEqualTo(key.id());
        assertThat(printed.text("expires")).isNotNull();
        assertThat(printed.object("header").text("Authorization")).isEqualTo("Bearer " + key.reveal());
        assertThat(printed.object("clients").members()).containsOnlyKeys("cursor");
    }

    @Test
    void onlyTheFirstKeyThatSwitchesOnAuthenticationAsksForARestart() {
        breakwater.variable("MCP_API_KEY", "r8Zr1uT0vXw4yBn7CkLpMhGsJd2fRaEe9Qx");
        assertThat(breakwater.run("key", "new", "--name", "one", "--file", "config/api_keys.json"))
                .isZero();
        assertThat(breakwater.err()).isEmpty();

        breakwater = new CommandRun(folder);
        assertThat(breakwater.run("key", "new", "--name", "two")).isZero();
        assertThat(breakwater.err()).isEmpty();
    }

    @Test
    void saysWhenTheKeyExpires() {
        breakwater.run("key", "new", "--name", "reports", "--expires", "90d");
        assertThat(breakwater.out()).containsPattern("It expires at \\d{4}-\\d{2}-\\d{2}T\\S+Z\\.\n");

        breakwater.run("key", "new", "--name", "backup");
        assertThat(breakwater.out()).contains("It does not expire.");
    }

    @Test
    void theListTellsOfTheKeysAndNotOfTheirSecrets() {
        breakwater.run("key", "new", "--name", "reports", "--role", "reader");
        var key = printedKey();

        assertThat(breakwater.run("key", "list")).isZero();
        assertThat(breakwater.out())
                .contains(key.id(), "reports", "valid", "never", "reader")
                .doesNotContain(key.secret());

        assertThat(breakwater.run("key", "list", "-o", "json")).isZero();
        assertThat(breakwater.out()).contains("\"status\": \"valid\"").doesNotContain(key.secret());
    }

    @Test
    void anEmptyListSaysHowToCreateAKey() {
        assertThat(breakwater.run("key", "list")).isZero();

        assertThat(breakwater.out()).contains("breakwater key new --name NAME");
        assertThat(file).doesNotExist();
    }

    @Test
    void aRevokedKeyIsNotAccepted() {
        breakwater.run("key", "new", "--name", "reports");
        var key = printedKey();

        assertThat(breakwater.run("key", "revoke", key.id())).isZero();

        assertThat(breakwater.out()).isEqualTo("Revoked the key " + key.id() + " (reports).\n");
        assertThat(isAccepted(key)).isFalse();
    }

    @Test
    void bothSecretsAreAcceptedAfterARotation() {
        breakwater.run("key", "new", "--name", "reports");
        var first = printedKey();
        assertThat(breakwater.run("key", "rotate", first.id())).isZero();
        var second = printedKey();

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(isAccepted(first)).isTrue();
        assertThat(isAccepted(second)).isTrue();

        breakwater.run("key", "rotate", first.id(), "--overlap", "0s");
        assertThat(isAccepted(printedKey())).isTrue();
        assertThat(isAccepted(first)).isFalse();
        assertThat(isAccepted(second)).isFalse();
    }

    @Test
    void theListSaysWhenTheOldSecretOfARotatedKeyEnds() throws IOException {
        breakwater.run("key", "new", "--name", "reports");
        breakwater.run("key", "rotate", "reports", "--overlap", "2h");
        var end = Files.readString(file).replaceFirst("(?s).*\"expires\": \"([^\"]+)\".*", "$1");

        breakwater.run("key", "list");
        assertThat(breakwater.out()).contains("rotating until " + end);
        breakwater.run("key", "list", "-o", "json");
        assertThat(breakwater.out()).contains("\"status\": \"rotating\"", "\"rotation_end\": \"" + end + "\"");

        breakwater.run("key", "rotate", "reports", "--overlap", "0s");
        breakwater.run("key", "list", "-o", "json");
        assertThat(breakwater.out()).contains("\"status\": \"valid\"").doesNotContain("rotation_end");
    }

    @Test
    void theRevocationOfTheLastKeySaysThatNoCallerCanAuthenticate() {
        breakwater.run("key", "new", "--name", "one");
        breakwater.run("key", "new", "--name", "two");

        assertThat(breakwater.run("key", "revoke", "one")).isZero();
        assertThat(breakwater.err()).isEmpty();
        assertThat(breakwater.run("key", "revoke", "two")).isZero();
        assertThat(breakwater.err()).contains("No valid key is left", "no caller can authenticate over HTTP");
    }

    @Test
    void theRevocationOfTheLastKeySaysNothingWhereCallersHaveAnotherCredentialOrNeedNone() {
        breakwater.run("key", "new", "--name", "one");
        breakwater.run("key", "new", "--name", "two");

        breakwater.variable("JWT_SECRET", "vR4nXq8Lw2Tz9Kc5Hj7Fb3Gy6Ps1Dm0EuAo");
        breakwater.run("key", "revoke", "one");
        assertThat(breakwater.run("key", "revoke", "two")).isZero();
        assertThat(breakwater.err()).isEmpty();

        breakwater = new CommandRun(folder).variable("MCP_AUTH_ENABLED", "false");
        breakwater.run("key", "new", "--name", "three");
        assertThat(breakwater.run("key", "revoke", "three")).isZero();
        assertThat(breakwater.err()).contains("auth.enabled is false").doesNotContain("No valid key is left");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "key new                           | 2 | Missing required option: '--name=NAME'",
                "key new --name a,b                | 2 | the name 'a,b' is not valid",
                "key new --name x --tenant a,b     | 2 | the tenant 'a,b' is not valid",
                "key new --name x --scope a\\b      | 2 | the scope 'a\\b' is not valid",
                "key new --name x --expires soon   | 2 | 'soon' is not a duration from 1s to 3650d",
                "key new --name x --expires 90     | 2 | '90' is not a duration from 1s to 3650d, such as 250ms, 30s,"
                        + " 5m, 2h or 1d, with a unit",
                "key rotate abcd2345 --overlap 24  | 2 | with a unit",
                "key new --name x --client curser  | 2 | did you mean cursor?",
                "key revoke abcd2345               | 2 | There is no key 'abcd2345'.",
                "key rotate abcd2345               | 2 | There is no key 'abcd2345'.",
                "key reovke abcd2345               | 2 | Did you mean: breakwater key revoke?"
            })
    void anErrorSaysWhatToDo(String words, int code, String message) {
        assertThat(breakwater.run(words.split(" +"))).isEqualTo(code);

        assertThat(breakwater.err()).contains(message);
        assertThat(file).doesNotExist();
    }

    @Test
    void aUsedNameAndAnInvalidFileAreFailures() throws IOException {
        breakwater.run("key", "new", "--name", "reports");
        assertThat(breakwater.run("key", "new", "--name", "reports")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("has the name 'reports'");

        Files.writeString(file, "{\"keys\": [{\"idd\": 1}]}");
        assertThat(breakwater.run("key", "list")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("api_keys.json has an error: keys[0]");
    }

    @Test
    void saysWhenTheServerReadsAnotherFile() {
        assertThat(breakwater.run("key", "new", "--name", "reports", "--file", "mine.json"))
                .isZero();

        assertThat(folder.resolve("mine.json")).exists();
        assertThat(breakwater.err()).contains("Set auth.api-keys-file to mine.json");
    }

    @Test
    void saysWhenTheServerAdmitsCallersWithoutAKey() throws IOException {
        Files.writeString(folder.resolve("breakwater.yaml"), "auth: {enabled: false, api-keys-file: mine.json}");

        assertThat(breakwater.run("key", "new", "--name", "reports")).isZero();

        assertThat(folder.resolve("mine.json")).exists();
        assertThat(breakwater.err()).contains("auth.enabled is false");
    }
}
