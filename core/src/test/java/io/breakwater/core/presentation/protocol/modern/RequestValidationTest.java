package io.breakwater.core.presentation.protocol.modern;

import static io.breakwater.core.presentation.protocol.QuotedJson.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.Header;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of a modern request over HTTP, in their order: the first that fails determines the response. */
class RequestValidationTest {
    record Located(@Header("Region") String region) {}

    private final Breakwater server = Breakwater.named("t")
            .tool(Tool.named("echo")
                    .description("Says it again.")
                    .input(Located.class)
                    .executionMode(ExecutionMode.INLINE)
                    .handler((arguments, call) -> ToolResult.text(arguments.region())))
            .tool(Tool.named("crash").description("Breaks.").handler((arguments, call) -> {
                throw new IllegalStateException("jdbc:postgresql://secret");
            }))
            .tool(Tool.named("roots")
                    .description("Asks for roots.")
                    .handler((arguments, call) -> ToolResult.text(
                            call.request("r", ClientRequest.roots()).toString())))
            .tool(Tool.named("job")
                    .description("Runs as a task only.")
                    .asTask(TaskSupport.REQUIRED)
                    .handler((arguments, call) -> ToolResult.text("done")))
            .build();
    private final RawRequests http = RawRequests.http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static final String VERSION = "'io.modelcontextprotocol/protocolVersion':'2026-07-28'";
    private static final String CAPABILITIES = "'io.modelcontextprotocol/clientCapabilities':{}";
    private static final String META = VERSION + "," + CAPABILITIES;

    private static String body(String method, String meta, String params) {
        var rest = params.isEmpty() ? "" : "," + params;
        return text(
                "{'jsonrpc':'2.0','id':'a','method':'" + method + "','params':{'_meta':{" + meta + "}" + rest + "}}");
    }

    /** A proper request, with these fields beside the proper ones. */
    private RecordedReply ask(String method, String params, String... more) {
        var fields = new ArrayList<>(List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
        fields.addAll(List.of(more));
        return http.post(body(method, META, params), fields.toArray(String[]::new));
    }

    private RecordedReply echo(String... more) {
        return ask("tools/call", "'name':'echo','arguments':{'region':'eu'}", more);
    }

    private static void assertRefused(RecordedReply reply, ReplyStatus status, int code) {
        reply.awaitEnd();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.answer().get("id")).isEqualTo(Json.of("a"));
    }

    private static void assertMalformed(RecordedReply reply, int code) {
        assertRefused(reply, ReplyStatus.MALFORMED, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                VERSION,
                CAPABILITIES,
                VERSION + ",'io.modelcontextprotocol/clientCapabilities':null",
                VERSION + ",'io.modelcontextprotocol/clientCapabilities':[]",
                CAPABILITIES + ",'io.modelcontextprotocol/protocolVersion':null",
                META + ",'progressToken':{}",
                META + ",'progressToken':1.5",
                META + ",'progressToken':null",
            })
    void validatesMetadataBeforeHeaderFields(String meta) {
        assertMalformed(http.post(body("tools/list", meta, "")), McpException.INVALID_PARAMS);
    }

    @Test
    void theVersionHeaderMustMatchTheBody() {
        var list = body("tools/list", META, "");
        assertMalformed(http.post(list, "Mcp-Method", "tools/list"), McpException.HEADER_MISMATCH);
        assertMalformed(http.post(list, "MCP-Protocol-Version", "2025-11-25"), McpException.HEADER_MISMATCH);
        assertMalformed(
                http.post(list, "MCP-Protocol-Version", "2026-07-28", "MCP-Protocol-Version", "2026-07-28"),
                McpException.HEADER_MISMATCH);
    }

    @Test
    void anUnsupportedRevisionGetsTheSupportedOnes() {
        var reply = http.post(
                body("tools/list", META.replace("2026-07-28", "2027-01-01"), ""), "MCP-Protocol-Version", "2027-01-01");

        assertMalformed(reply, McpException.UNSUPPORTED_VERSION);
        assertThat(reply.error().object("data").text("requested")).isEqualTo("2027-01-01");
    }

    @Test
    void theMethodHeaderMustMatchTheBody() {
        var list = body("tools/list", META, "");
        assertMalformed(http.post(list, "MCP-Protocol-Version", "2026-07-28"), McpException.HEADER_MISMATCH);
        assertMalformed(
                http.post(list, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "Tools/List"),
                McpException.HEADER_MISMATCH);
    }

    @Test
    void theNameHeaderMustMatchTheBody() {
        assertMalformed(echo("Mcp-Param-Region", "eu"), McpException.HEADER_MISMATCH);
        assertMalformed(echo("Mcp-Name", "other", "Mcp-Param-Region", "eu"), McpException.HEADER_MISMATCH);
        assertMalformed(
                echo("Mcp-Name", "echo", "Mcp-Name", "echo", "Mcp-Param-Region", "eu"), McpException.HEADER_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "=?base64?ZWNobw==?=, true",
        "=?base64?ZWNobw?=, false",
        "=?base64?!!!!?=, false",
        "=?base64?/w==?=, false",
        "=?BASE64?ZWNobw==?=, false"
    })
    void theNameHeaderHasOnlyOneEncoding(String name, boolean taken) {
        var reply = echo("Mcp-Name", name, "Mcp-Param-Region", "eu");

        if (taken) {
            assertThat(reply.result().has("content")).isTrue();
        } else {
            assertMalformed(reply, McpException.HEADER_MISMATCH);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initialize",
                "ping",
                "logging/setLevel",
                "resources/subscribe",
                "resources/unsubscribe",
                "tasks/list",
                "tasks/result",
                "no/such",
                ""
            })
    void removedMethodsAreUnknown(String method) {
        assertRefused(ask(method, ""), ReplyStatus.UNKNOWN_METHOD, McpException.METHOD_NOT_FOUND);
    }

    @Test
    void repeatedArgumentsMustMatchTheBody() {
        assertMalformed(echo("Mcp-Name", "echo"), McpException.HEADER_MISMATCH);
        assertMalformed(echo("Mcp-Name", "echo", "Mcp-Param-Region", "us"), McpException.HEADER_MISMATCH);
        assertThat(echo("Mcp-Name", "echo", "Mcp-Param-Region", "eu", "Mcp-Param-Other", "x")
                        .result()
                        .has("isError"))
                .isFalse();
    }

    @Test
    void namesAMissingCapability() {
        var reply = ask("tools/call", "'name':'job'", "Mcp-Name", "job");

        assertMalformed(reply, McpException.MISSING_CAPABILITY);
        assertThat(reply.error()
                        .object("data")
                        .object("requiredCapabilities")
                        .object("extensions")
                        .has("io.modelcontextprotocol/tasks"))
                .isTrue();
    }

    @Test
    void namesACapabilityThatTheHandlerFindsMissing() {
        var reply = ask("tools/call", "'name':'roots'", "Mcp-Name", "roots");

        assertMalformed(reply, McpException.MISSING_CAPABILITY);
        assertThat(reply.error().object("data").object("requiredCapabilities").has("roots"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tools/call~'name':'nobody'~nobody",
                "tools/call~'name':'crash','arguments':[]~crash",
                "tools/call~'name':'crash','requestState':'forged'~crash",
                "tools/call~'name':'crash','requestState':7~crash",
                "tools/call~'name':'crash','inputResponses':[]~crash",
                "tools/call~'name':'crash','inputResponses':{'a':1}~crash",
                "tools/call~'arguments':{}~",
                "prompts/get~'name':'nobody'~nobody",
                "resources/read~'uri':'no://where'~no://where",
                "resources/read~'uri':7~",
                "tools/list~'cursor':'forged'~",
                "tools/list~'cursor':''~",
                "tools/list~'cursor':7~",
                "completion/complete~'ref':{'type':'ref/prompt','name':'no'},'argument':{'name':'a','value':''}~",
                "subscriptions/listen~~",
            })
    void unknownNamesInParametersAreInvalid(String row) {
        var parts = row.split("~", -1);
        var reply = parts[2].isEmpty() ? ask(parts[0], parts[1]) : ask(parts[0], parts[1], "Mcp-Name", parts[2]);

        assertRefused(reply, ReplyStatus.RESULT, McpException.INVALID_PARAMS);
    }

    @Test
    void rejectsAnUnknownLogLevel() {
        var reply = http.post(
                body("tools/list", META + ",'io.modelcontextprotocol/logLevel':'loud'", ""),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/list");

        assertRefused(reply, ReplyStatus.RESULT, McpException.INVALID_PARAMS);
    }

    @Test
    void reportsInvalidArgumentsInTheResult() {
        var reply = ask("tools/call", "'name':'echo','arguments':{}", "Mcp-Name", "echo");

        assertThat(reply.result().get("isError")).isEqualTo(Json.of(true));
        assertThat(reply.result()).asString().contains("INVALID_PARAMS", "region");
        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
    }

    @Test
    void anInternalErrorRevealsNoDetails() {
        var reply = ask("tools/call", "'name':'crash'", "Mcp-Name", "crash");

        assertThat(reply.result().get("isError")).isEqualTo(Json.of(true));
        assertThat(reply.result())
                .asString()
                .contains("INTERNAL_ERROR", "requestId")
                .doesNotContain("secret");
    }

    @Test
    void persistentConnectionsNeedNoHeaderFields() {
        var reply =
                RawRequests.line(server).post(body("tools/call", META, "'name':'echo','arguments':{'region':'eu'}"));

        assertThat(reply.result()).asString().contains("eu");
    }
}
