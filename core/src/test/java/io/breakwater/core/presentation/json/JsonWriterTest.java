package io.breakwater.core.presentation.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void writesNobodysLineBreaks() {
        var foreign = new Json.Raw("{\r\n  \"a\\n\": 1\n}".getBytes(UTF_8));

        assertThat(JsonWriter.bytes(foreign)).asString(UTF_8).isEqualTo("{    \"a\\n\": 1 }");
        assertThat(JsonWriter.bytes(Json.array(foreign, Json.of("x\ny"))))
                .asString(UTF_8)
                .isEqualTo("[{    \"a\\n\": 1 },\"x\\ny\"]");
        assertThat(foreign.utf8()).asString(UTF_8).contains("\n");
    }

    @Test
    void handsOnWhatIsOneLineAsItIs() {
        byte[] line = "{\"a\":1}".getBytes(UTF_8);

        assertThat(JsonWriter.bytes(new Json.Raw(line))).isSameAs(line);
    }
}
