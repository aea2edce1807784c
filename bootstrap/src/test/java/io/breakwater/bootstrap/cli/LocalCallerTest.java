package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools} and {@code call} without {@code --url} have the rights of a caller over stdio. */
class LocalCallerTest {
    private static final String ADVICE = "Without --url and a credential, a command has the roles of auth.local-roles";

    @TempDir
    private Path folder = Path.of("");

    private CommandRun breakwater = new CommandRun(folder);

    @BeforeEach
    void requireAScope() throws IOException {
        breakwater = new CommandRun(folder);
        Files.writeString(folder.resolve("breakwater.yaml"), """
                auth: {api-keys-file: %s}
                access: {rules: [{name: called, effect: allow, tools: [health_check], scopes: ["mcp:call"]}]}
                """.formatted(folder.resolve("keys.json")));
    }

    private void createKey(String scope) throws IOException {
        assertThat(breakwater.run("key", "new", "--name", "reports", "--scope", scope))
                .isZero();
        var key = breakwater.out().lines().findFirst().orElseThrow();
        Files.writeString(folder.resolve("key"), key);
    }

    @Test
    void aCallWithoutTheScopeSaysWhoseRightsTheCommandHas() {
        assertThat(breakwater.run("call", "health_check")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("requires the scopes: mcp:call", ADVICE, "use --credential @FILE.");

        assertThat(breakwater.run("call", "health_check", "--set", "auth.local-scopes=mcp:call"))
                .isZero();
    }

    @Test
    void aCallWithACredentialIsNotToldToSendOne() throws IOException {
        createKey("other");
        assertThat(breakwater.run("call", "health_check", "--credential", "@key"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("requires the scopes: mcp:call").doesNotContain(ADVICE, "--credential");

        Files.writeString(folder.resolve("key"), "bw_abcdefghij." + "A".repeat(43));
        assertThat(breakwater.run("tools", "--credential", "@key")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err())
                .contains("The credential is unknown, has expired or was revoked")
                .doesNotContain(ADVICE, "--credential");
    }

    @Test
    void aListWithoutToolsIsAboutThisCaller() {
        assertThat(breakwater.run(
                        "tools",
                        "--set",
                        "access.rules=[{\"name\": \"none\", \"effect\": \"deny\", \"tools\": [\"*\"]}]"))
                .isZero();
        assertThat(breakwater.out()).isEqualTo("This server has no tools that this caller may use.\n");
    }
}
