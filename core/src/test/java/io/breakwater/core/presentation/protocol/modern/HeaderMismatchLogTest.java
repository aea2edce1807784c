package io.breakwater.core.presentation.protocol.modern;

import static io.breakwater.core.presentation.protocol.QuotedJson.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients whose header fields and body disagree are named in the log. */
class HeaderMismatchLogTest {
    private static final String CLAIM = "'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
            + "'io.modelcontextprotocol/clientCapabilities':{}";
    private static final String EDITOR =
            ",'io.modelcontextprotocol/clientInfo':" + "{'name':'Visual Studio Code','version':'1.127.0'}";
    private static final String[] LEGACY_FIELD = {"MCP-Protocol-Version", "2025-11-25"};

    private final ManualExecutors executors = new ManualExecutors();
    private final Breakwater server = Breakwater.named("t").executors(executors).build();
    private final RawRequests http = RawRequests.http(server);
    private final CapturedLog log = CapturedLog.ofWarnings("io.breakwater.request");

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    private void discover(String meta, String... fields) {
        var reply = http.post(
                text("{'jsonrpc':'2.0','id':1,'method':'server/discover','params':{'_meta':{" + meta + "}}}"), fields);
        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
    }

    private void discoverAs(String name) {
        discover(CLAIM + ",'io.modelcontextprotocol/clientInfo':{'name':'" + name + "'}", LEGACY_FIELD);
    }

    private static String warning(String client, String reason) {
        return "The client " + client
                + " sends requests whose header fields and body disagree; the server rejects them."
                + " server/discover: " + reason + ".";
    }

    @Test
    void aHeaderFieldThatNamesAnotherRevisionThanTheBody() {
        discover(CLAIM + EDITOR, LEGACY_FIELD);

        assertThat(log.lines())
                .containsExactly("WARN "
                        + warning(
                                "\"Visual Studio Code 1.127.0\"",
                                "The header field MCP-Protocol-Version differs from the value in the body"));
    }

    @Test
    void aBodyWithoutTheHeaderFields() {
        discover(CLAIM + EDITOR);

        assertThat(log.messages())
                .containsExactly(warning(
                        "\"Visual Studio Code 1.127.0\"",
                        "The header field MCP-Protocol-Version is missing; it must repeat the value in the body"));
    }

    @Test
    void headerFieldsWithoutMetadataInTheBody() {
        discover("", "MCP-Protocol-Version", "2026-07-28", "User-Agent", "Visual Studio Code/1.127.0");

        assertThat(log.messages())
                .containsExactly(warning(
                        "\"Visual Studio Code/1.127.0\"",
                        "Every request of 2026-07-28 must have"
                                + " params._meta[\"io.modelcontextprotocol/protocolVersion\"] (a string)"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            value = {
                "'name':'a'                     | agent/1 | \"a\"",
                "'name':'a','version':'2'       | agent/1 | \"a 2\"",
                "'name':'a','version':2         | agent/1 | \"a\"",
                "'name':' ','version':'2'       | agent/1 | \"agent/1\"",
                "'name':7                       | agent/1 | \"agent/1\"",
                "'version':'2'                  | ' '     | without a name",
            },
            delimiter = '|')
    void theClientIsNamedByTheBodyOrByUserAgent(String info, String agent, String expected) {
        discover(
                CLAIM + ",'io.modelcontextprotocol/clientInfo':{" + info + "}",
                "User-Agent",
                agent.replace("'", ""),
                "MCP-Protocol-Version",
                "2025-11-25");

        assertThat(log.messages())
                .containsExactly(
                        warning(expected, "The header field MCP-Protocol-Version differs from the value in the body"));
    }

    @Test
    void aNameCannotForgeALine() {
        discover(
                CLAIM + ",'io.modelcontextprotocol/clientInfo':{'name':'a\\nWARN forged\\u001b[2J\\u202e\\\" "
                        + "x".repeat(10_000) + "','version':'\\r\\n\\u2028" + "y".repeat(10_000) + "'}",
                LEGACY_FIELD);

        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("The client \"a?WARN forged?[2J?? xxx")
                .contains("xxx… ???yyy", "yyy…\" sends requests")
                .hasSizeLessThan(400)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    @Test
    void furtherRequestsOfAClientAreOneLineInAMinute() {
        for (int second = 0; second < 600; second++) {
            discoverAs("editor");
            executors.pass(Duration.ofSeconds(1));
        }

        assertThat(log.messages()).hasSizeBetween(19, 21);
        assertThat(log.messages().get(1))
                .isEqualTo("Further requests were rejected because header fields and body disagreed, by client:"
                        + " \"editor\" (59)");
    }

    @Test
    void aClientCannotFloodTheLogWithNames() {
        for (int name = 0; name < 1_000; name++) {
            discoverAs("client-" + name);
        }
        discoverAs("client-0");
        assertThat(log.messages()).hasSize(10);

        executors.pass(Duration.ofMinutes(1));
        assertThat(log.messages())
                .hasSize(11)
                .last()
                .isEqualTo("Further requests were rejected because header fields and body disagreed, by client:"
                        + " \"client-0\" (1), others (990)");
        executors.pass(Duration.ofMinutes(10));
        assertThat(log.messages()).hasSize(11);
    }

    @Test
    void otherErrorsOfClientsAreNotSuchLines() {
        var fields = List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "no/method");
        var reply = http.post(
                text("{'jsonrpc':'2.0','id':1,'method':'no/method','params':{'_meta':{" + CLAIM + EDITOR + "}}}"),
                fields.toArray(String[]::new));

        assertThat(reply.code()).isEqualTo(McpException.METHOD_NOT_FOUND);
        assertThat(log.messages()).isEmpty();
    }
}
