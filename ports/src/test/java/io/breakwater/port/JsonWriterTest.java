package io.breakwater.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void writesLineBreaksOfEncodedJsonAsSpaces() {
        var foreign = new Json.Raw("{\r\n  \"a\\n\": 1\n}".getBytes(UTF_8));

        assertThat(JsonWriter.bytes(foreign)).asString(UTF_8).isEqualTo("{    \"a\\n\": 1 }");
        assertThat(JsonWriter.bytes(Json.array(foreign, Json.of("x\ny"))))
                .asString(UTF_8)
                .isEqualTo("[{    \"a\\n\": 1 },\"x\\ny\"]");
        assertThat(foreign.utf8()).asString(UTF_8).contains("\n");
    }

    @Test
    void doesNotCopyEncodedJsonOnOneLine() {
        byte[] line = "{\"a\":1}".getBytes(UTF_8);

        assertThat(JsonWriter.bytes(new Json.Raw(line))).isSameAs(line);
    }

    @Test
    void writesTextOnOneLineOrForPeople() {
        var json = Json.parse("{\"a\": [1.50, true, null, {}], \"b\": [], \"c\": {\"d\": \"é\\n\"}}");

        assertThat(json).hasToString("{\"a\":[1.50,true,null,{}],\"b\":[],\"c\":{\"d\":\"é\\n\"}}");
        assertThat(JsonWriter.indented(json)).isEqualTo("""
                {
                  "a": [
                    1.50,
                    true,
                    null,
                    {}
                  ],
                  "b": [],
                  "c": {
                    "d": "é\\n"
                  }
                }""");
    }
}
