package io.breakwater.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {

    @Test
    void readsEveryKindOfValue() {
        assertThat(Json.parse(" {\"a\" : [1, -2.50e+3, \"x\", true, false, null, {}, []]}\n"))
                .isEqualTo(Json.object()
                        .put(
                                "a",
                                Json.array(
                                        Json.of(1),
                                        Json.of(new BigDecimal("-2.50e+3")),
                                        Json.of("x"),
                                        Json.of(true),
                                        Json.of(false),
                                        Json.Null.NULL,
                                        Json.Obj.EMPTY,
                                        Json.array()))
                        .build());
    }

    @Test
    void readsEveryEscape() {
        assertThat(Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00 😀\""))
                .isEqualTo(Json.of("\"\\/\b\f\n\r\té😀 😀"));
    }

    @Test
    void keepsNumbersExact() {
        assertThat(Json.parse("0.10000000000000000001")).isEqualTo(Json.of(new BigDecimal("0.10000000000000000001")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|Expected a value, but found the end at character 1.",
                "`{\"a\":1`|Expected '}', but found the end at character 7.",
                "`{\"a\" 1}`|Expected ':', but found \"1\" at character 6.",
                "`{a:1}`|Expected a string, but found \"a\" at character 2.",
                "`[1,]`|Expected a value, but found \"]\" at character 4.",
                "`[1 2]`|Expected ']', but found \"2\" at character 4.",
                "`1 2`|Expected the end of the text, but found \"2\" at character 3.",
                "`\"a`|Expected a closing quotation mark, but found the end at character 3.",
                "`\"\\x\"`|An escape that JSON does not have at character 3.",
                "`\"\\u12g4\"`|Expected a hexadecimal digit, but found \"g\" at character 6.",
                "`\"\\ud800\"`|An unpaired surrogate in the string at character 2.",
                "`{\"a\":1,\"a\":2}`|The name \"a\" appears twice at character 8.",
            })
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "NaN",
                "Infinity",
                "0x1",
                "1e9999999999",
                "tru",
                "nul",
                "'a'",
                "// x\n1"
            })
    void refusesWhatOnlyLooksLikeJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void boundsDepthAndNumbers() {
        assertThat(Json.parse("[".repeat(500) + "]".repeat(500))).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(501) + "]".repeat(501)))
                .hasMessageContaining("More than 500 objects and arrays");
        assertThat(Json.parse("1".repeat(1_000))).isInstanceOf(Json.Decimal.class);
        assertThatThrownBy(() -> Json.parse("1".repeat(1_001))).hasMessageContaining("1000 characters");
    }

    @Test
    void readsWhatTheWriterWrote() {
        var json = Json.object()
                .put("text", "a\"b\\c\n\u0001é😀")
                .put("number", Json.of(new BigDecimal("1E+400")))
                .put("nested", Json.array(Json.object().put("x", true).build()))
                .build();

        assertThat(Json.parse(json.toString())).isEqualTo(json);
        assertThat(Json.parse(JsonWriter.indented(json))).isEqualTo(json);
    }
}
