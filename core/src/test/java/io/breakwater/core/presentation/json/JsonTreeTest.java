package io.breakwater.core.presentation.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class JsonTreeTest {
    private static final TreeReader READER = TreeReader.upTo(1 << 20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[true,false,null,\"x\"],\"c\":{}}",
                "[0,-1,2147483647,2147483648,9223372036854775807,9223372036854775808]",
                "[1.10,0.1,-0.0,123456789012345678901234567890.123456789]",
                "\"\\u0000ß€😀\"",
                "null"
            })
    void keepsEveryDigitAndTheOrderOfMembers(String document) {
        JsonNode tree = READER.read(document);

        JsonNode back = JsonTree.toTree(JsonTree.fromTree(tree));

        assertThat(back).isEqualTo(tree);
        assertThat(back.toString()).isEqualTo(tree.toString());
    }

    @Test
    void keepsTheScaleOfADecimal() {
        assertThat(JsonTree.fromTree(READER.read("1.10"))).isEqualTo(Json.of(new BigDecimal("1.10")));
    }

    @Test
    void parsesRawBytes() {
        var raw = new Json.Raw("{\"a\":[1]}".getBytes(UTF_8));

        assertThat(JsonTree.toTree(raw)).isEqualTo(READER.read("{\"a\":[1]}"));
    }

    @Test
    void refusesRawBytesThatAreNoJson() {
        var raw = new Json.Raw("{\"a\":".getBytes(UTF_8));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonTree.toTree(raw))
                .withMessageStartingWith("The raw bytes are not a JSON value");
    }

    @Test
    void refusesAnythingButAnObjectWhereAnObjectIsWanted() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonTree.objectFromTree(READER.read("[]")));
    }

    @Test
    void refusesANameGivenTwice() {
        assertThatThrownBy(() -> READER.read("{\"a\":1,\"a\":2}")).isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesWhatIsTooDeepTooLongOrNotOneValue() {
        assertThatThrownBy(() -> READER.read("[".repeat(65) + "]".repeat(65))).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> READER.read("1".repeat(1_001))).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> TreeReader.upTo(10).read("\"12345678901\"")).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> READER.read("1 2")).isInstanceOf(JacksonException.class);
    }
}
