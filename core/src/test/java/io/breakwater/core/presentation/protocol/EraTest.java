package io.breakwater.core.presentation.protocol;

import static io.breakwater.core.presentation.protocol.QuotedJson.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.McpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which era a message of an HTTP client belongs to: the body decides, header fields only where it says nothing. */
class EraTest {
    private static final String META = "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
            + "'io.modelcontextprotocol/clientCapabilities':{}}";
    private static final String VERSION = "MCP-Protocol-Version";

    private final Breakwater server = Breakwater.named("t").build();
    private final RawRequests http = RawRequests.http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static String request(String method, String params) {
        return text("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':{" + params + "}}");
    }

    private static void assertRefused(RecordedReply reply, ReplyStatus status, int code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void whoClaimsToBeModernIsServedWithoutASession() {
        var reply = http.post(request("tools/list", META), VERSION, "2026-07-28", "Mcp-Method", "tools/list");

        assertThat(reply.result().text("resultType")).isEqualTo("complete");
        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'_meta':{'io.modelcontextprotocol/protocolVersion':7}",
                "'_meta':{'io.modelcontextprotocol/clientCapabilities':{}}"
            })
    void aClaimThatIsNotWholeIsStillAClaim(String params) {
        assertRefused(http.post(request("tools/list", params)), ReplyStatus.MALFORMED, McpException.INVALID_PARAMS);
    }

    @Test
    void aClaimWithoutHeaderFieldsIsAMismatch() {
        assertRefused(http.post(request("tools/list", META)), ReplyStatus.MALFORMED, McpException.HEADER_MISMATCH);
    }

    @Test
    void aSessionIdIsIgnoredOnAModernRequest() {
        var reply = http.post(
                request("tools/list", META),
                VERSION,
                "2026-07-28",
                "Mcp-Method",
                "tools/list",
                "Mcp-Session-Id",
                "never-was",
                "Last-Event-ID",
                "x:1");

        assertThat(reply.status()).isEqualTo(new ReplyStatus.Result(null));
        assertThat(reply.result().has("tools")).isTrue();
    }

    @Test
    void withoutAClaimAndWithoutAFieldARequestIsLegacy() {
        var reply = http.post(request("tools/list", ""));

        assertRefused(reply, ReplyStatus.MALFORMED, McpException.INVALID_REQUEST);
        assertThat(reply.error().text("message")).contains("Mcp-Session-Id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void withoutAClaimALegacyRevisionIsLegacy(String revision) {
        var reply = http.post(
                text("{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'" + revision
                        + "','capabilities':{}}}"),
                VERSION,
                revision,
                "Mcp-Method",
                "initialize");

        assertThat(reply.result().text("protocolVersion")).isEqualTo(revision);
    }

    @Test
    void withoutAClaimTheModernRevisionInTheFieldIsAMalformedModernRequest() {
        assertRefused(
                http.post(request("tools/list", ""), VERSION, "2026-07-28"),
                ReplyStatus.MALFORMED,
                McpException.INVALID_PARAMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-01-01", "2026-07-29", "", "latest"})
    void withoutAClaimAnUnknownRevisionIsToldWhichAreSpoken(String revision) {
        var reply = http.post(request("tools/list", ""), VERSION, revision);

        assertRefused(reply, ReplyStatus.MALFORMED, McpException.UNSUPPORTED_VERSION);
        assertThat(reply.answer().get("id")).isEqualTo(Json.of(1));
        assertThat(reply.error().object("data").text("requested")).isEqualTo(revision);
        assertThat(reply.error().object("data").get("supported"))
                .asString()
                .contains("2026-07-28", "2025-11-25", "2024-11-05");
    }

    @Test
    void initializeThatClaimsToBeModernIsAnUnknownMethod() {
        var reply = http.post(
                request("initialize", META + ",'protocolVersion':'2025-11-25','capabilities':{}"),
                VERSION,
                "2026-07-28",
                "Mcp-Method",
                "initialize");

        assertRefused(reply, ReplyStatus.UNKNOWN_METHOD, McpException.METHOD_NOT_FOUND);
    }

    @Test
    void aLegacyRevisionCannotBeSpokenByTheRequest() {
        var reply = http.post(
                request("tools/list", META.replace("2026-07-28", "2025-11-25")),
                VERSION,
                "2025-11-25",
                "Mcp-Method",
                "tools/list");

        assertRefused(reply, ReplyStatus.MALFORMED, McpException.UNSUPPORTED_VERSION);
    }

    @Test
    void aNotificationOfTheModernRevisionIsTakenAndIgnored() {
        var reply = http.post(
                text("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':1}}"),
                VERSION,
                "2026-07-28");

        assertThat(reply.status()).isEqualTo(ReplyStatus.ACCEPTED);
        assertThat(reply.messages()).isEmpty();
    }

    @Test
    void aNotificationThatClaimsToBeModernNeedsNoFields() {
        var reply = http.post(text("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{" + META + "}}"));

        assertThat(reply.status()).isEqualTo(ReplyStatus.ACCEPTED);
    }

    @Test
    void anyOtherNotificationBelongsToASession() {
        var notification = text("{'jsonrpc':'2.0','method':'notifications/initialized'}");

        assertRefused(http.post(notification), ReplyStatus.MALFORMED, McpException.INVALID_REQUEST);
        assertRefused(
                http.post(notification, VERSION, "2023-01-01"),
                ReplyStatus.MALFORMED,
                McpException.UNSUPPORTED_VERSION);
    }

    @Test
    void aResponseAnswersNothingInTheModernEra() {
        var response = text("{'jsonrpc':'2.0','id':1,'result':{}}");

        assertRefused(http.post(response, VERSION, "2026-07-28"), ReplyStatus.MALFORMED, McpException.INVALID_REQUEST);
        assertRefused(http.post(response), ReplyStatus.MALFORMED, McpException.INVALID_REQUEST);
        assertRefused(
                http.post(response, VERSION, "2023-01-01"), ReplyStatus.MALFORMED, McpException.UNSUPPORTED_VERSION);
    }

    @Test
    void listeningAndEndingAreForSessions() {
        assertThat(http.get().status()).isEqualTo(ReplyStatus.NOT_ALLOWED);
        assertThat(http.delete().status()).isEqualTo(ReplyStatus.NOT_ALLOWED);
        assertThat(http.get("Mcp-Session-Id", "never-was").status()).isEqualTo(ReplyStatus.NO_SESSION);
        assertThat(http.delete("Mcp-Session-Id", "never-was").status()).isEqualTo(ReplyStatus.NO_SESSION);
    }

    @Test
    void anArrayThatClaimsToBeModernIsRefused() {
        assertRefused(
                http.post("[" + request("tools/list", META) + "]", VERSION, "2026-07-28"),
                ReplyStatus.MALFORMED,
                McpException.INVALID_REQUEST);
    }
}
