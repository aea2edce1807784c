package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.mcp.McpException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no JSON-RPC message is told so, whatever the transport, and costs no more than its bytes. */
class BadMessageTest {
    private final Breakwater server = Breakwater.named("t")
            .limits(Limits.STANDARD.withMaxMessageBytes(4 << 20))
            .build();
    private final RawRequests http = RawRequests.http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private void refused(RecordedReply reply, int code) {
        assertThat(reply.answer().has("id")).isFalse(); // waits: a large message is read on another thread
        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
        assertThat(reply.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{'jsonrpc':'2.0','id':1,'method':'ping'",
                "{'jsonrpc':'2.0','id':1,'method':'ping'} {}",
                "{'jsonrpc':'2.0','id':1,'id':2,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'a':1,'a':1}}",
                "{'jsonrpc':'2.0','id':1,'method':'\\ud800'}",
                "{'jsonrpc':'2.0','id':1,'method':'a\\udc00b'}",
                "{'jsonrpc':'2.0','id':01,'method':'ping'}",
                "{jsonrpc:'2.0'}",
                "{'jsonrpc':'2.0','id':NaN,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'a':1e1000000000}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'a':10e999999999}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'a':1e2147483648}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'a':1.5e-2147483647}}",
                "{'jsonrpc':'2.0','method':'x','params':{'a':1e99999999999}}",
                "[1e99999999999]",
                "// comment\n{'jsonrpc':'2.0','id':1,'method':'ping'}",
            })
    void whatIsNoJsonIsAParseError(String body) {
        refused(http.post(QuotedJson.text(body)), McpException.PARSE_ERROR);
    }

    static String[] bombs() {
        var deep = "[".repeat(100_000) + "]".repeat(100_000);
        var objects = "{'a':".repeat(100_000) + "1" + "}".repeat(100_000);
        return new String[] {
            deep,
            "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'a':" + deep + "}}",
            "{'jsonrpc':'2.0','id':1,'method':'ping','params':" + objects + "}",
            "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'a':" + "9".repeat(1_000_000) + "}}",
            "{'jsonrpc':'2.0','id':" + "9".repeat(1_000_000) + ",'method':'ping'}",
            "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'a':1e" + "9".repeat(1_000_000) + "}}",
        };
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void depthAndEndlessNumbersAreParseErrors(String body) {
        refused(http.post(QuotedJson.text(body)), McpException.PARSE_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsOfUnicodeAreParseErrors(String charset) {
        var body = QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}").getBytes(Charset.forName(charset));

        refused(http.post(body), McpException.PARSE_ERROR);
    }

    @Test
    void bytesThatAreNoUtf8AreAParseError() {
        var body = QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'p_ng'}").getBytes(StandardCharsets.UTF_8);
        body[QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'p").length()] = (byte) 0xff;
        refused(http.post(body), McpException.PARSE_ERROR);
    }

    @Test
    void whatIsLongerThanAMessageMayBeIsRefusedUnread() {
        refused(http.post(" ".repeat((4 << 20) + 1)), McpException.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "'ping'",
                "null",
                "[]",
                "{}",
                "{'jsonrpc':'2.0'}",
                "{'jsonrpc':'2.0','id':null,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1.5,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1.0,'method':'ping'}",
                "{'jsonrpc':'2.0','id':{},'method':'ping'}",
                "{'jsonrpc':'2.0','id':[1],'method':'ping'}",
                "{'jsonrpc':'2.0','id':true,'method':'ping'}",
                "{'jsonrpc':'2.0','result':{}}",
                "{'jsonrpc':'2.0','id':null,'result':{}}",
            })
    void whatIsNoMessageIsAnInvalidRequest(String body) {
        refused(http.post(QuotedJson.text(body)), McpException.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':7,'method':'ping'}",
                "{'jsonrpc':'1.0','id':7,'method':'ping'}",
                "{'jsonrpc':2.0,'id':7,'method':'ping'}",
                "{'jsonrpc':'2.0','id':7,'method':1}",
                "{'jsonrpc':'2.0','id':7,'method':'ping','params':[]}",
                "{'jsonrpc':'2.0','id':7,'method':'ping','params':null}",
                "{'jsonrpc':'2.0','id':7}",
                "{'jsonrpc':'2.0','id':7,'result':{},'error':{}}",
            })
    void theIdIsEchoedWhereItCanBeRead(String body) {
        var reply = http.post(QuotedJson.text(body));

        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
        assertThat(reply.code()).isEqualTo(McpException.INVALID_REQUEST);
        assertThat(reply.answer().get("id")).isEqualTo(Json.of(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'secret': hunter2} | it is not JSON (line 1",
                "{'secret': 1 | it ends before it is complete (line 1",
                "{'secret':1,'secret':2} | an object has a duplicate name",
                "{'secret':1} {} | there is content after its end",
            })
    void aParseErrorSaysWhereInWordsOfOurs(String body, String reason) {
        var message = http.post(QuotedJson.text(body)).error().text("message");

        assertThat(message).contains(reason).doesNotContain("secret", "hunter2", "Feature", "ObjectNode");
    }

    @Test
    void aDocumentOutOfBoundsIsToldTheBounds() {
        var deep = http.post("[".repeat(65)).error().text("message");
        var digits = http.post("[" + "9".repeat(1_001) + "]").error().text("message");

        assertThat(deep).contains("64 levels").doesNotContain("Constraints");
        assertThat(digits).contains("1000 characters").doesNotContain("Constraints");
    }

    @Test
    void aLineThatIsNoMessageDoesNotEndTheConnection() {
        var line = RawRequests.line(server);
        refused(line.post("garbage"), McpException.PARSE_ERROR);

        assertThat(line.post(QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}"))
                        .result())
                .isEqualTo(Json.Obj.EMPTY);
    }
}
