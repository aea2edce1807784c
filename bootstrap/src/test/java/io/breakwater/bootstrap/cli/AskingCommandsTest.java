package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.sample.files.Scratch;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools}, {@code call} and {@code health} against a server that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskingCommandsTest {
    private Breakwater server = Breakwater.named("unused").build();
    private String url = "";
    private CommandRun breakwater = new CommandRun(Path.of(""));

    /** What {@code repeat} takes. */
    public record Words(String words, int times) {}

    /** What {@code repeat} gives. */
    public record Repeated(String text) {}

    @BeforeAll
    void serve() {
        var transport = HttpTransport.on("127.0.0.1", 0);
        server = Breakwater.named("parrot")
                .tool(Tool.named("repeat")
                        .description("Repeats words. As often as you like.")
                        .input(Words.class)
                        .output(Repeated.class)
                        .handler((words, call) -> {
                            call.progress(0, 1.0, "thinking");
                            return new Repeated(words.words().repeat(words.times()));
                        }))
                .tool(Tool.named("key")
                        .description("Returns its key.")
                        .readOnly() // so it ignores the key
                        .handler((arguments, call) -> ToolResult.text(
                                Objects.requireNonNullElse(call.meta().text("io.breakwater/idempotencyKey"), "none"))))
                .tool(Tool.named("fail").description("Fails.").handler((arguments, call) -> {
                    throw new ToolException(ErrorCode.CONFLICT, "\u001b[2Jnot now");
                }))
                .build()
                .serve(transport);
        url = transport.address();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void shell(@TempDir Path folder) {
        breakwater = new CommandRun(folder);
    }

    @Test
    void listsTools() {
        assertThat(breakwater.run("tools", "--url", url)).isZero();
        assertThat(breakwater.out()).isEqualTo("repeat  Repeats words.\nkey     Returns its key.\nfail    Fails.\n");
    }

    @Test
    void describesATool() {
        assertThat(breakwater.run("tools", "repeat", "--url", url)).isZero();
        assertThat(breakwater.out())
                .startsWith("repeat\n\nRepeats words. As often as you like.\n")
                .contains("\"times\"");
    }

    @Test
    void suggestsTheToolThatWasMeant() {
        assertThat(breakwater.run("call", "repaet", "--url", url)).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("There is no tool 'repaet'. Did you mean repeat?");
    }

    @Test
    void aToolThatIsMissingWithoutACredentialMayNeedOne() {
        assertThat(breakwater.run("call", "export", "--url", url)).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err())
                .contains("There is no tool 'export' for callers without a credential. To send one, use --credential");

        assertThat(breakwater.run("call", "export")).as("in this process").isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("There is no tool 'export'. 'breakwater tools' lists all tools.");
        breakwater.variable("BREAKWATER_AUTH_CREDENTIAL", "any");
        assertThat(breakwater.run("call", "export", "--url", url)).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("There is no tool 'export'. 'breakwater tools' lists all tools.");
    }

    @Test
    void sendsAnIdempotencyKey() {
        assertThat(breakwater.run("call", "key", "--idempotency-key", "9f1c", "--url", url))
                .isZero();
        assertThat(breakwater.out()).isEqualTo("9f1c\n");
        assertThat(breakwater.run("call", "key", "--url", url)).isZero();
        assertThat(breakwater.out()).isEqualTo("none\n");
    }

    @Test
    void callsAToolWithPairs() {
        assertThat(breakwater.run("call", "repeat", "words=12", "times=2", "--url", url))
                .isZero();
        assertThat(breakwater.out()).contains("1212");
    }

    @Test
    void callsAToolWithJsonFromWhereverItIs() throws IOException {
        var json = "{\"words\": \"ab\", \"times\": 3}";
        var file = Files.writeString(Scratch.folder("arguments").resolve("arguments.json"), json);

        breakwater.input(json);
        for (var source : new String[] {json, "@" + file, "-"}) {
            assertThat(breakwater.run("call", "repeat", "--args", source, "--url", url))
                    .isZero();
            assertThat(breakwater.out()).contains("ababab");
        }
    }

    @Test
    void printsTheWholeResultForPrograms() {
        assertThat(breakwater.run("call", "repeat", "words=a", "times=1", "-o", "json", "--url", url))
                .isZero();
        assertThat(breakwater.out()).contains("\"structuredContent\": {\n    \"text\": \"a\"\n  }");
    }

    @Test
    void anErrorOfTheToolHasItsExitCodeAndCannotCommandTheTerminal() {
        assertThat(breakwater.run("call", "fail", "--url", url)).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(breakwater.out()).contains("not now").doesNotContain("\u001b");
    }

    @Test
    void argumentsThatAreNoObjectAreRefused() {
        assertThat(breakwater.run("call", "repeat", "--args", "[1]", "--url", url))
                .isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("--args must be a JSON object");
    }

    @Test
    void aServerThatIsNotThereHasItsExitCode() {
        assertThat(breakwater.run("tools", "--url", "http://127.0.0.1:1/mcp")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains("No server listens at http://127.0.0.1:1/mcp. Is it running?");
        assertThat(breakwater.run("health", "--url", "http://127.0.0.1:1/health"))
                .isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void aPageThatIsNotThereIsAFailure() {
        assertThat(breakwater.run("tools", "--url", url + "/nowhere")).isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("No resource exists at this path.");
    }

    @Test
    void refusesAUrlThatIsNotHttp() {
        assertThat(breakwater.run("tools", "--url", "localhost:8080/mcp")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err()).contains("is like http://127.0.0.1:8080/mcp, not localhost:8080/mcp.");
    }

    @Test
    void healthTakesTheAddressOfTheServerWhicheverItIs() {
        assertThat(breakwater.run("health", "--url", url)).isZero();
        assertThat(breakwater.out()).isEqualTo("{\"status\":\"healthy\"}\n");
        assertThat(breakwater.run("health", "--ready", "--url", url.replace("/mcp", "")))
                .isZero();
        assertThat(breakwater.run("health", "--url", url.replace("/mcp", "/health")))
                .isZero();
    }

    @Test
    void usesTheConfiguredServerWithoutAUrl() {
        assertThat(breakwater.run("tools")).isZero();
        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.out()).contains("127.0.0.1:8080/mcp").endsWith("The configuration is valid.\n");
    }

    @Test
    void theCheckNamesAlsoWhatTheAccessRulesDeny() {
        breakwater.variable("BREAKWATER_ACCESS_RULES", "[{name: nothing, effect: deny, tools: ['*']}]");

        assertThat(breakwater.run("check")).isZero();
        assertThat(breakwater.out()).contains("health_check", "health://status", "diagnose_health");
    }
}
