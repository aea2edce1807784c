package io.breakwater.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.QuotedJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientResponseTest {
    private static final String PICTURE = "{'type':'image','data':'AA==','mimeType':'image/png'}";

    private static String sampled(String content) {
        return new ClientResponse(QuotedJson.json("{'role':'assistant','content':" + content + "}")).sampledText();
    }

    private static String text(String text) {
        return "{'type':'text','text':'" + text + "'}";
    }

    @Test
    void readsTheTextOfOneBlock() {
        assertThat(sampled(text("Roses"))).isEqualTo("Roses");
    }

    @Test
    void readsTheTextsOfSeveralBlocks() {
        assertThat(sampled("[" + text("Roses") + "," + PICTURE + "," + text("are red") + "]"))
                .isEqualTo("Roses\nare red");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", PICTURE, "[" + PICTURE + "]", "[{'type':'tool_use','text':'no'}]", "[1]", "'Roses'"})
    void readsNoTextWhereThereIsNone(String content) {
        assertThat(sampled(content)).isEmpty();
    }
}
