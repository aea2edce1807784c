package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.bootstrap.wiring.CallerReport;
import io.breakwater.sample.waiting.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator learns about authentication when a server starts, and from {@code check}. */
class CallersAtStartTest {
    private static final String STRONG = "vR4nXq8Lw2Tz9Kc5Hj7Fb3Gy6Ps1Dm0EuAo";

    private static final int LOOKS_BETWEEN_CHANGES = 2_500; // at least five seconds

    @TempDir
    Path folder = Path.of("");

    private Path keys = Path.of("");
    private CommandRun breakwater = new CommandRun(folder);

    @BeforeEach
    void shell() {
        keys = folder.resolve("keys.json");
        breakwater = new CommandRun(folder);
    }

    private void useKeysFile() throws Exception {
        Files.writeString(folder.resolve("breakwater.yaml"), "auth: {api-keys-file: " + keys + "}\n");
    }

    private String logAtStart(String... words) throws Exception {
        var running = breakwater.start(words);
        var address = breakwater.address();
        assertThat(address).isNotEmpty();
        breakwater.signal(StopSignal.TERM);
        running.get(Eventually.SECONDS, TimeUnit.SECONDS);
        return breakwater.log();
    }

    @Test
    void anOpenServerSaysSo() throws Exception {
        assertThat(logAtStart("serve", "--port", "0"))
                .contains("\"message\":\"Callers need no credential.\"")
                .doesNotContain("\"level\":\"WARN\"");
        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.out()).contains("Callers need no credential.");
        assertThat(breakwater.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.public-url=https://tools.example.com/mcp", "http.proxies.trusted=127.0.0.1"})
    void anOpenServerBehindAProxyWarns(String setting) throws Exception {
        var warning = "Every client of the proxy can call every tool without a credential.";

        assertThat(logAtStart("serve", "--port", "0", "--set", setting)).contains("\"level\":\"WARN\"", warning);
        assertThat(breakwater.run("check", "--set", setting)).isZero();
        assertThat(breakwater.err()).contains(warning);
        assertThat(breakwater.run("check", "--set", setting, "--set", "http.anonymous=true"))
                .isZero();
        assertThat(breakwater.err()).isEmpty();
        breakwater.variable("MCP_API_KEY", STRONG);
        assertThat(breakwater.run("check", "--set", setting)).isZero();
        assertThat(breakwater.err()).isEmpty();
    }

    @Test
    void aPublicUrlOfThisMachineIsNoProxy() {
        assertThat(breakwater.run("check", "--set", "http.public-url=http://localhost:9000/mcp"))
                .isZero();
        assertThat(breakwater.err()).isEmpty();
    }

    @Test
    void aServerThatOtherMachinesReachButCannotNameWarns() {
        var warning = "the server accepts only loopback names as Host";
        var anywhere = "http.host=0.0.0.0";
        var open = "http.anonymous=true";

        assertThat(breakwater.run("check", "--set", anywhere, "--set", open)).isZero();
        assertThat(breakwater.err()).contains(warning);
        for (var named : List.of("http.public-url=https://tools.example.com/mcp", "http.allowed-hosts=tools")) {
            assertThat(breakwater.run("check", "--set", anywhere, "--set", open, "--set", named))
                    .isZero();
            assertThat(breakwater.err()).isEmpty();
        }
    }

    @Test
    void aGuardedServerNamesWhatItAccepts() throws Exception {
        useKeysFile();
        assertThat(breakwater.run("key", "new", "--name", "one")).isZero();
        assertThat(breakwater.run("key", "new", "--name", "two")).isZero();
        breakwater.variable("JWT_SECRET", STRONG);
        var sentence = "Callers authenticate with: API keys (2 keys, " + keys
                + "), tokens of breakwater (auth.jwt-secret), tokens of https://id.example.com.";
        var issuer = "auth.issuers=[{\"issuer\": \"https://id.example.com\"}]";
        var url = "http.public-url=https://tools.example.com/mcp";

        assertThat(logAtStart("serve", "--port", "0", "--set", issuer, "--set", url))
                .contains(sentence);
        assertThat(breakwater.run("check", "--set", issuer, "--set", url)).isZero();
        assertThat(breakwater.out()).contains(sentence);
    }

    @Test
    void aServerWithTokensOnlyDoesNotMentionKeys() {
        breakwater.variable("JWT_SECRET", STRONG);

        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.out())
                .contains("Callers authenticate with: tokens of breakwater (auth.jwt-secret).")
                .doesNotContain("API key");
    }

    @Test
    void aServerWithoutAnyCredentialSaysHowToCreateOne() throws Exception {
        useKeysFile();
        assertThat(logAtStart("serve", "--port", "0", "--set", "auth.enabled=true"))
                .contains(
                        "API keys (0 keys, " + keys + ")",
                        "there is no credential: create an API key with 'breakwater key new'");
    }

    @Test
    void aCredentialThatHasNoEffectIsReported() throws Exception {
        useKeysFile();
        breakwater.variable("MCP_API_KEY", STRONG).variable("MCP_AUTH_ENABLED", "false");
        Files.writeString(keys, "{\"keys\": []}");
        var warning = "auth.enabled is false, although these are configured: auth.api-key, " + keys;

        assertThat(logAtStart("serve", "--port", "0")).contains("\"level\":\"WARN\"", warning);
        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.err()).startsWith("Warning: ").contains(warning);
    }

    @ParameterizedTest
    @CsvSource({
        "MCP_AUTH_ENABLE, MCP_AUTH_ENABLED",
        "MCP_API_KEYS, MCP_API_KEY",
        "MCP_AP_KEY, MCP_API_KEY",
        "JWT_SECRETS, JWT_SECRET",
        "JWT_ISSUER, BREAKWATER_AUTH_JWT_ISSUER",
        "MCP_API_KEY_ROLES, BREAKWATER_AUTH_API_KEY_ROLES"
    })
    void aVariableThatHasNoEffectIsReported(String written, String meant) {
        breakwater.variable(written, STRONG);

        for (var command : new String[][] {{"check"}, {"config", "validate"}}) {
            assertThat(breakwater.run(command)).isZero();
            assertThat(breakwater.err())
                    .isEqualTo("Warning: The environment variable " + written + " has no effect. Did you mean " + meant
                            + "?\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MCP_API_KEY", "MCP_API_KEY_FILE", "JWT_SECRET", "BREAKWATER_AUTH_API_KEY"})
    void anEmptyVariableOfASecretIsReported(String name) throws Exception {
        breakwater.variable(name, "");
        var warning =
                "The environment variable " + name + " is empty and has no effect. Set it to a value, or remove it.";

        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.err()).isEqualTo("Warning: " + warning + "\n");
        assertThat(logAtStart("serve", "--port", "0")).contains("\"level\":\"WARN\"", warning);
    }

    @Test
    void anEmptyVariableOfAnotherSettingIsNotReported() {
        breakwater.variable("MCP_AUTH_ENABLED", "").variable("BREAKWATER_HTTP_PORT", "");

        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "auth.api-key-roles=admin, auth.api-key",
        "auth.api-key-scopes=tools:read, auth.api-key",
        "auth.jwt-audience=tools, auth.jwt-secret"
    })
    void aSettingThatNeedsAnotherIsReported(String setting, String missing) {
        assertThat(breakwater.run("check", "--set", setting)).isZero();
        assertThat(breakwater.err())
                .isEqualTo("Warning: " + setting.substring(0, setting.indexOf('=')) + " has no effect without "
                        + missing + ". Set " + missing + ", or remove it.\n");

        assertThat(breakwater.run("check", "--set", setting, "--set", missing + "=" + STRONG))
                .isZero();
        assertThat(breakwater.err()).doesNotContain("has no effect");
    }

    @Test
    void variablesOfOtherProgramsAreNotReported() {
        breakwater.variable("MCP_SERVER_URL", "x").variable("API_KEY", "x").variable("MCP_TIMEOUT", "x");

        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.err()).isEmpty();
    }

    @Test
    void aMisspeltRuleIsReportedAtTheStartAndWhenRulesChange() throws Exception {
        var file = folder.resolve("breakwater.yaml");
        var misspelt = "access: {rules: [{name: all, effect: allow, tools: [health_chek]}]}\n";
        Files.writeString(file, misspelt);
        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.err()).isEqualTo("Warning: Rule 'all': no tool is called health_chek.\n");

        var running = breakwater.start("serve", "--port", "0");
        breakwater.awaitLog("Rule 'all': no tool is called health_chek.");
        assertThat(breakwater.address()).isNotEmpty();
        Files.writeString(file, misspelt.replace("health_chek", "helth_check"));
        var looks = new AtomicInteger();
        Eventually.holds(() -> {
            // a change before the watch begins is not noticed, nor one that another one follows at once
            if (looks.getAndIncrement() % LOOKS_BETWEEN_CHANGES == 0) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L * looks.get()));
            }
            return breakwater.log().contains("Rule 'all': no tool is called helth_check.");
        });
        breakwater.signal(StopSignal.TERM);
        assertThat(running.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void theDemoNamesTheCredentialsThatItIgnores() {
        assertThat(DemoCommand.access(new CallerReport("", List.of("auth.api-key"), List.of(), List.of())))
                .startsWith("It has no authentication")
                .endsWith("It ignores these credentials: auth.api-key.");
        assertThat(DemoCommand.access(new CallerReport("", List.of(), List.of(), List.of())))
                .doesNotContain("ignores");
    }

    @Test
    void tokensForTheAddressOfAllInterfacesAreReported() {
        breakwater.variable("JWT_SECRET", STRONG);

        assertThat(breakwater.run("check", "--set", "http.host=0.0.0.0")).isZero();
        assertThat(breakwater.err())
                .contains("Tokens must be issued for http://0.0.0.0:8080/mcp (aud)", "Set http.public-url");
        assertThat(breakwater.run("check", "--set", "http.host=0.0.0.0", "--set", "auth.jwt-audience=tools"))
                .isZero();
        assertThat(breakwater.err()).doesNotContain("Tokens must be issued");
    }
}
