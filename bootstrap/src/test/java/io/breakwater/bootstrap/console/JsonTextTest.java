package io.breakwater.bootstrap.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static final Json SAMPLE = Json.object()
            .put("text", "a\"\\\n\u001b😀")
            .put("number", Json.of(new java.math.BigDecimal("1.10")))
            .put("items", Json.array(Json.of(true), Json.Null.NULL))
            .put("none", Json.Obj.EMPTY)
            .put("raw", new Json.Raw("[1]".getBytes(StandardCharsets.UTF_8)))
            .build();

    @Test
    void writesOneLine() {
        assertThat(JsonText.line(SAMPLE))
                .isEqualTo(
                        "{\"text\":\"a\\\"\\\\\\n\\u001b😀\",\"number\":1.10,\"items\":[true,null],\"none\":{},\"raw\":[1]}");
    }

    @Test
    void writesManyLines() {
        assertThat(JsonText.indented(SAMPLE)).isEqualTo("""
                {
                  "text": "a\\"\\\\\\n\\u001b😀",
                  "number": 1.10,
                  "items": [
                    true,
                    null
                  ],
                  "none": {},
                  "raw": [1]
                }""");
    }
}
