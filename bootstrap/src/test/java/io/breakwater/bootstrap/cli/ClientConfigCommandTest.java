package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConfigCommandTest {
    @TempDir
    Path folder;

    private CommandRun breakwater;

    @BeforeEach
    void shell() {
        breakwater = new CommandRun(folder);
    }

    @Test
    void printsWhatStartsTheServerAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("breakwater.yaml"), "server: {name: shop}");

        assertThat(breakwater.run("client-config", "claude-desktop")).isZero();
        assertThat(breakwater.out())
                .startsWith("{\n  \"mcpServers\": {\n    \"shop\": {\n      \"command\": \"")
                .contains("\"stdio\",\n        \"--config\",\n        \"");
        assertThat(breakwater.err()).isEmpty();
    }

    @Test
    void aPersonIsToldWhereItGoes() {
        breakwater.onTerminal().run("client-config", "vscode");

        assertThat(breakwater.err()).isEqualTo("Paste this into .vscode/mcp.json in your project:\n");
        assertThat(breakwater.out()).contains("\"servers\"");
    }

    @Test
    void everyClientCallsARunningServerInItsOwnWay() {
        assertThat(http("claude-code")).contains("\"type\": \"http\"", "\"url\": \"http://127.0.0.1:8080/mcp\"");
        assertThat(http("vscode")).contains("\"servers\"", "\"type\": \"http\"");
        assertThat(http("cursor")).contains("\"url\"").doesNotContain("\"type\"");
        assertThat(http("windsurf")).contains("\"serverUrl\"");
        assertThat(http("inspector")).contains("\"streamable-http\"");
        assertThat(http("claude-desktop")).contains("\"mcp-remote\"");
    }

    @Test
    void aServerElsewhereIsNamedByItsUrl() {
        breakwater.run("client-config", "cursor", "--url", "https://mcp.example.com/mcp");

        assertThat(breakwater.out()).contains("\"url\": \"https://mcp.example.com/mcp\"");
    }

    @Test
    void aServerBehindAProxyIsNamedByItsPublicUrl() {
        breakwater.variable("BREAKWATER_HTTP_PUBLIC_URL", "https://tools.example.com/mcp");

        assertThat(http("vscode")).contains("\"url\": \"https://tools.example.com/mcp\"");
    }

    @Test
    void suggestsTheClientThatWasMeant() {
        assertThat(breakwater.run("client-config", "curser")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("did you mean cursor?");
    }

    private String http(String client) {
        assertThat(breakwater.run("client-config", client, "--http")).isZero();
        return breakwater.out();
    }
}
