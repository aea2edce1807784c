package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.McpException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that does not have the shape that MCP gives it does not reach a handler. */
class AnswerShapesTest {
    private static final ClientRequest ROOTS = ClientRequest.roots();
    private static final ClientRequest SAMPLE = ClientRequest.sample("A poem", 10);

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "[{'uri':'file:///a'}]", "[{'uri':'file:///a','name':'A','_meta':{}},{'uri':'file:///b'}]"
            })
    void takesRoots(String roots) {
        ResponseValidator.checkShape("r", ROOTS, QuotedJson.json("{'roots':" + roots + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "{}",
                "[1,null]",
                "[null]",
                "['file:///a']",
                "[{}]",
                "[{'uri':7}]",
                "[{'uri':'file:///a','name':7}]",
                "[{'uri':'file:///a'},[]]"
            })
    void refusesOtherRoots(String roots) {
        assertRefused(ROOTS, "{'roots':" + roots + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'text','text':'Roses'}", "[{'type':'text','text':'Roses'}]", "[]"})
    void takesContent(String content) {
        ResponseValidator.checkShape("r", SAMPLE, QuotedJson.json("{'role':'assistant','content':" + content + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'Roses'", "null", "[null]", "['Roses']"})
    void refusesOtherContent(String content) {
        assertRefused(SAMPLE, "{'role':'assistant','content':" + content + "}");
    }

    private static void assertRefused(ClientRequest question, String result) {
        assertThatThrownBy(() -> ResponseValidator.checkShape("r", question, QuotedJson.json(result)))
                .isInstanceOfSatisfying(
                        McpException.class, error -> assertThat(error.code()).isEqualTo(McpException.INVALID_PARAMS));
    }
}
