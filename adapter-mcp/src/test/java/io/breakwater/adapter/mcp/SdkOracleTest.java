package io.breakwater.adapter.mcp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdkOracleTest {
    private final SdkOracle oracle = new SdkOracle();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            initialize     | {"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true},"logging":{},"completions":{},"resources":{"subscribe":true,"listChanged":true},"prompts":{"listChanged":true}},"serverInfo":{"name":"breakwater","version":"1","title":"Breakwater"},"instructions":"Ask."}
            ping           | {}
            tools/list     | {"tools":[{"name":"a","title":"A","description":"Does a.","inputSchema":{"type":"object","properties":{"n":{"type":"number","maximum":1.50}}},"outputSchema":{"type":"object"},"annotations":{"readOnlyHint":true,"destructiveHint":false},"_meta":{"x/y":1}}],"nextCursor":"2"}
            tools/call     | {"content":[{"type":"text","text":"hi"},{"type":"image","data":"AA==","mimeType":"image/png"},{"type":"resource_link","uri":"a://b","name":"b"},{"type":"resource","resource":{"uri":"a://c","text":"c"}}],"structuredContent":{"n":1,"x":0.50},"isError":false}
            resources/list | {"resources":[{"uri":"a://b","name":"b","mimeType":"text/plain","size":12}]}
            resources/templates/list | {"resourceTemplates":[{"uriTemplate":"a://{b}","name":"b"}]}
            resources/read | {"contents":[{"uri":"a://b","mimeType":"text/plain","text":"b"},{"uri":"a://c","blob":"AA=="}]}
            prompts/list   | {"prompts":[{"name":"p","description":"P.","arguments":[{"name":"a","required":true}]}]}
            prompts/get    | {"description":"P.","messages":[{"role":"user","content":{"type":"text","text":"hi"}}]}
            completion/complete | {"completion":{"values":["a","b"],"total":2,"hasMore":false}}
            logging/setLevel | {}
            """)
    void understandsEveryResultOfAServer(String method, String result) {
        assertThatCode(() -> response(method, "\"result\":" + result)).doesNotThrowAnyException();
    }

    @Test
    void understandsErrors() {
        assertThatCode(() -> response(
                        "tools/call", "\"error\":{\"code\":-32602,\"message\":\"No\",\"data\":{\"uri\":\"a://b\"}}"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":1,\"total\":3,\"message\":\"m\"}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"warning\",\"logger\":\"l\",\"data\":\"d\"}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"a://b\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"method\":\"roots/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"elicitation/create\",\"params\":{\"mode\":\"form\",\"message\":\"?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"t\"}}],\"maxTokens\":10}}"
            })
    void understandsWhatAServerSays(String message) {
        assertThatCode(() -> oracle.understands(bytes(message))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":[],\"structuredContents\":{}}",
                "{\"content\":[{\"type\":\"text\",\"txt\":\"hi\"}]}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"hi\",\"colour\":\"red\"}]}",
                "{\"content\":[],\"resultType\":\"complete\"}"
            })
    void noticesWhatTheSdkDoesNotKnow(String result) {
        assertThatThrownBy(() -> response("tools/call", "\"result\":" + result)).isNotNull();
    }

    @Test
    void noticesARequestWhereAResponseShouldBe() {
        var request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

        assertThatThrownBy(() -> oracle.understandsResponse("ping", bytes(request)))
                .isInstanceOf(AssertionError.class);
    }

    private void response(String method, String outcome) throws IOException {
        oracle.understandsResponse(method, bytes("{\"jsonrpc\":\"2.0\",\"id\":1," + outcome + "}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
