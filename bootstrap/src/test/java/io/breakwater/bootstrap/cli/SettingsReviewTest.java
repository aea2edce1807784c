package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.waiting.Eventually;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator learns about valid settings that cannot have the effect for which they are probably meant. */
class SettingsReviewTest {
    private static final String STRONG = "vR4nXq8Lw2Tz9Kc5Hj7Fb3Gy6Ps1Dm0EuAo";
    private static final String UNLIMITED = "but callers without a credential on this machine have no limit. Set"
            + " limits.rate.local-callers to true, or require a credential.";

    @TempDir
    Path folder = Path.of("");

    private CommandRun breakwater = new CommandRun(folder);

    @BeforeEach
    void shell() {
        breakwater = new CommandRun(folder);
    }

    /** Runs {@code check} with these settings, and returns its warnings. */
    private String warnings(String... settings) {
        var options = Arrays.stream(settings).flatMap(setting -> Stream.of("--set", setting));
        assertThat(breakwater.run(Stream.concat(Stream.of("check"), options).toArray(String[]::new)))
                .as(breakwater.err())
                .isZero();
        return breakwater.err();
    }

    private String logAtStart(String... settings) throws Exception {
        var options = Arrays.stream(settings).flatMap(setting -> Stream.of("--set", setting));
        var running = breakwater.start(
                Stream.concat(Stream.of("serve", "--port", "0"), options).toArray(String[]::new));
        assertThat(breakwater.address()).isNotEmpty();
        breakwater.signal(StopSignal.TERM);
        running.get(Eventually.SECONDS, TimeUnit.SECONDS);
        return breakwater.log();
    }

    @Test
    void aLimitOfAToolThatDoesNotExistIsReported() throws Exception {
        var misspelt = "limits.tools=[{\"tool\": \"helth_check\", \"max-concurrency\": 2}]";
        var warning = "limits.tools: no tool is called helth_check; did you mean health_check?";

        assertThat(warnings(misspelt)).isEqualTo("Warning: " + warning + "\n");
        assertThat(logAtStart(misspelt)).contains("\"level\":\"WARN\"", warning);
    }

    @Test
    void aLimitOfAToolWithoutASimilarOneIsReported() {
        assertThat(warnings(
                        "limits.rate.local-callers=true",
                        "limits.tools=[{\"tool\": \"zzzzzzzzzzzz\", \"limit\": \"5/s\"},"
                                + " {\"tool\": \"health_check\", \"limit\": \"5/s\"}]"))
                .isEqualTo("Warning: limits.tools: no tool is called zzzzzzzzzzzz.\n");
    }

    @Test
    void limitsThatApplyToNoCallerAreReported() throws Exception {
        var both = "limits.rate and limits.quota are set, " + UNLIMITED;
        assertThat(warnings("limits.rate.principal=5/s", "limits.quota.principal-calls=100"))
                .isEqualTo("Warning: " + both + "\n");
        assertThat(warnings("limits.rate.global=5/s")).isEqualTo("Warning: limits.rate is set, " + UNLIMITED + "\n");

        assertThat(logAtStart("limits.quota.principal-calls=100"))
                .contains("\"level\":\"WARN\"", "limits.quota is set, " + UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits.rate.local-callers=true",
                "auth.api-key=" + STRONG,
                "limits.quota.principal-calls=off",
                "http.anonymous=true,http.public-url=https://tools.example.com/mcp",
            })
    void limitsThatApplyToCallersAreNotReported(String settings) {
        assertThat(warnings(
                        Stream.concat(Stream.of("limits.quota.principal-calls=100"), Arrays.stream(settings.split(",")))
                                .toArray(String[]::new)))
                .isEmpty();
    }

    @Test
    void quotasOfTenantsWithoutTenantsAreReported() {
        assertThat(warnings("limits.quota.tenant-calls=100"))
                .isEqualTo(
                        "Warning: limits.quota sets quotas of tenants, but callers without a credential have no tenant."
                                + " Require a credential, or remove these quotas.\n");
        var issuer = "auth.issuers=[{\"issuer\": \"https://id.example.com\"}]";
        assertThat(warnings("limits.quota.tenant-calls=100", issuer))
                .isEqualTo("Warning: limits.quota sets quotas of tenants, but no credential has a tenant. Set"
                        + " auth.tenant-claim, or remove these quotas.\n");
        assertThat(warnings("limits.quota.tenant-calls=100", issuer, "auth.tenant-claim=org"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "limits.quota.principal-rows, database.url",
        "limits.quota.principal-cost, database.url",
        "idempotency.retention, store.url"
    })
    void aSettingThatNeedsADatabaseIsReported(String setting, String missing) {
        var value = setting.startsWith("limits") ? "=100" : "=1h";
        assertThat(warnings(setting + value, "limits.rate.local-callers=true", "auth.api-key=" + STRONG))
                .isEqualTo("Warning: " + setting + " has no effect without " + missing + ". Set " + missing
                        + ", or remove it.\n");
    }

    @Test
    void aMinimumAboveTheConcurrencyIsReported() {
        assertThat(warnings("limits.concurrency=10", "limits.min-concurrency=11"))
                .isEqualTo("Warning: limits.min-concurrency is 11, but only 10 calls may run at the same time"
                        + " (limits.concurrency).\n");
        assertThat(warnings("limits.concurrency=10", "limits.min-concurrency=10"))
                .isEmpty();
        assertThat(warnings("limits.concurrency=1")).isEmpty();
    }

    @Test
    void anIssuerToWhichTheServerMayNotConnectIsReported() throws Exception {
        var issuer = "auth.issuers=[{\"issuer\": \"http://localhost:21210/realms/main\"}]";
        var warning =
                "auth.issuers: localhost is a loopback address, which outbound.allowed does not name, so tokens of"
                        + " http://localhost:21210/realms/main will not be accepted.";

        assertThat(warnings(issuer)).isEqualTo("Warning: " + warning + "\n");
        assertThat(warnings(issuer, "outbound.allowed=localhost")).isEmpty();
        assertThat(warnings(issuer, "auth.enabled=false")).doesNotContain("outbound.allowed");
        assertThat(logAtStart(issuer, "http.public-url=https://tools.example.com/mcp"))
                .contains("\"level\":\"WARN\"", warning);
    }

    @Test
    void theAddressOfTheKeysCountsAndNotThatOfTheIssuer() {
        assertThat(warnings("auth.issuers=[{\"issuer\": \"https://id.example.com\", \"jwks-url\":"
                        + " \"http://127.0.0.1:9000/keys\"}]"))
                .isEqualTo(
                        "Warning: auth.issuers: 127.0.0.1 is a loopback address, which outbound.allowed does not name,"
                                + " so tokens of https://id.example.com will not be accepted.\n");
    }

    @Test
    void aWebhookToWhichTheServerMayNotConnectIsReported() {
        assertThat(warnings(
                        "audit.folder=" + folder.resolve("audit"), "audit.checkpoint-webhook=http://localhost:9000/in"))
                .isEqualTo("Warning: audit.checkpoint-webhook: localhost is a loopback address, which outbound.allowed"
                        + " does not name, so this service will not receive checkpoints.\n");
    }
}
