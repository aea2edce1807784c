package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.sample.waiting.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools} and {@code call} present a credential to a server that requires one. */
class CredentialOptionTest {
    @TempDir
    private Path folder;

    private CommandRun server = new CommandRun(Path.of(""));
    private CommandRun breakwater = new CommandRun(Path.of(""));
    private CompletableFuture<Integer> running = CompletableFuture.completedFuture(0);
    private String url = "";
    private String key = "";

    @BeforeEach
    void serve() throws Exception {
        var keys = folder.resolve("api_keys.json").toString();
        breakwater = new CommandRun(folder).variable("BREAKWATER_AUTH_API_KEYS_FILE", keys);
        assertThat(breakwater.run("key", "new", "--name", "reports")).isZero();
        key = breakwater.out().lines().findFirst().orElseThrow();
        Files.writeString(folder.resolve("key"), key + "\n");
        server = new CommandRun(folder).variable("BREAKWATER_AUTH_API_KEYS_FILE", keys);
        running = server.start("serve", "--port", "0", "--set", "management.enabled=false");
        url = server.address();
    }

    @AfterEach
    void stop() throws Exception {
        server.signal(StopSignal.TERM);
        assertThat(running.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void theErrorWithoutACredentialNamesTheOption() {
        assertThat(breakwater.run("tools", "--url", url)).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err())
                .contains("Send an API key in the header field", "To send a credential, use --credential @FILE.");
    }

    @Test
    void theCredentialIsReadFromAFileOrFromStandardInput() {
        assertThat(breakwater.run("tools", "--url", url, "--credential", "@key"))
                .isZero();
        assertThat(breakwater.out()).contains("health_check");

        breakwater.input(key);
        assertThat(breakwater.run("call", "health_check", "--url", url, "--credential", "-"))
                .isZero();
        assertThat(breakwater.out()).contains("healthy");
    }

    @Test
    void theConfiguredCredentialIsSentByDefault() {
        breakwater.variable(
                "BREAKWATER_AUTH_CREDENTIAL_FILE", folder.resolve("key").toString());

        assertThat(breakwater.run("tools", "--url", url)).isZero();
    }

    @Test
    void theServerInThisProcessGetsTheCredentialToo() {
        assertThat(breakwater.run("tools", "--credential", "@key")).isZero();
        assertThat(breakwater.out()).contains("health_check");
    }

    @Test
    void aCredentialThatIsNotValidIsRefusedByTheServer() throws Exception {
        Files.writeString(folder.resolve("other"), "bw_abcdefghij." + "A".repeat(43));

        assertThat(breakwater.run("tools", "--url", url, "--credential", "@other"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err())
                .contains("The credential is unknown, has expired or was revoked")
                .doesNotContain("--credential", "AAAA");
    }

    @Test
    void theCredentialItselfIsNotAnArgument() throws Exception {
        assertThat(breakwater.run("tools", "--url", url, "--credential", key)).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("--credential must be @FILE").doesNotContain(key);

        Files.writeString(folder.resolve("two"), key + "\n" + key);
        assertThat(breakwater.run("tools", "--url", url, "--credential", "@two"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("no API key or token in two.").doesNotContain(key);

        assertThat(breakwater.run("tools", "--url", url, "--credential", "@none"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("--credential cannot be read: the file none does not exist.");
    }
}
