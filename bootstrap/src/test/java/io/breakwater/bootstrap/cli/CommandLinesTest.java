package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLinesTest {
    @TempDir
    Path folder;

    private CommandRun breakwater;

    @BeforeEach
    void shell() {
        breakwater = new CommandRun(folder);
    }

    @Test
    void tellsItsVersion() {
        assertThat(breakwater.run("--version")).isZero();
        assertThat(breakwater.out()).matches("breakwater \\d+\\.\\d+\\.\\d+\\S*\\s+");
    }

    @Test
    void helpNamesEveryCommandAndExitCode() {
        assertThat(breakwater.run("--help")).isZero();
        assertThat(breakwater.out())
                .contains("  serve ", "  stdio ", "  check ", "  config ", "  tools ", "  call ", "  health ")
                .contains("  client-config ", "  completion ")
                .contains("  2   the command line or the configuration is wrong");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(breakwater.run("config", "show", "--help")).isZero();
        assertThat(breakwater.out()).startsWith("Usage: breakwater config show");
    }

    @Test
    void colourIsForTerminals() {
        breakwater.run("--help");
        assertThat(breakwater.out()).doesNotContain("\u001b");

        breakwater.onTerminal().run("--help");
        assertThat(breakwater.out()).contains("\u001b[1m");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(breakwater.run("serv")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("Did you mean: breakwater serve?").contains("--help' prints the usage");
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        assertThat(breakwater.run("serve", "--prot", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("Did you mean: breakwater serve --port?");
    }

    @Test
    void asksForACommand() {
        assertThat(breakwater.run()).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.run("config")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("Missing required subcommand");
    }

    @Test
    void aWrongConfigurationStopsEveryCommandThatNeedsIt() {
        for (var command : new String[] {"serve", "stdio", "check", "tools", "health"}) {
            assertThat(breakwater.run(command, "--set", "http.prot=1", "--set", "log.level=loud"))
                    .as(command)
                    .isEqualTo(ExitCode.USAGE);
            assertThat(breakwater.err())
                    .contains("--set http.prot", "did you mean http.port?", "--set log.level", "'loud' is not valid")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void stackTracesAreForThoseWhoAsk() throws IOException {
        Files.writeString(folder.resolve("plain"), "");
        var words = new String[] {"serve", "--set", "log.file=" + folder.resolve("plain/x.log")};

        assertThat(breakwater.run(words)).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("cannot be written").doesNotContain("\tat ");

        breakwater.variable("MCP_DEBUG", "true").run(words);
        assertThat(breakwater.err()).contains("\tat ");
    }

    @Test
    void completesInBash() throws Exception {
        assertThat(breakwater.run("completion")).isZero();
        var script = Files.writeString(folder.resolve("completion.sh"), breakwater.out());

        var bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(bash.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(breakwater.out()).contains("client-config").contains("claude-desktop");
    }
}
