package io.breakwater.core.presentation.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonDocumentsTest {

    private static boolean isValid(String text) {
        return JsonDocuments.isValid(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What passes, the strict parser can read; that parser also accepts an empty document. */
    private static boolean isReadable(String text) {
        try {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return UnicodeCheck.text(utf8)
                    && !TreeReader.upTo(utf8.length).read(utf8).isMissingNode();
        } catch (JacksonException invalid) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "0",
                "-1.5e10",
                "\"text\"",
                "\"\\ud83d\\ude00 \u00fc\"",
                " \n{ \"a\" : [ 1 , {\"a\":{}} , [] ] , \"b\":\"\" }\r\n",
                "[{\"a\":1},{\"a\":2}]",
                "{\"a\":{\"b\":1},\"b\":{\"a\":1}}",
                "{\"\":0,\" \":0}"
            })
    void acceptsDocuments(String text) {
        assertThat(isValid(text)).isTrue();
        assertThat(isReadable(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "{}{}",
                "{} x",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "'text'",
                "NaN",
                "01",
                "+1",
                "1.",
                "tru",
                "nulll",
                "// c\n1",
                "\"\t\"",
                "\"\\x\"",
                "\"open",
                "\"\\ud83d\"",
                "{\"\\ude00\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "[{\"b\":{\"a\":1,\"c\":[],\"a\":2}}]",
                "\u0000"
            })
    void refusesWhatAStrictClientRefuses(String text) {
        assertThat(isValid(text)).isFalse();
        assertThat(isReadable(text)).isFalse();
    }

    @Test
    void refusesOtherEncodings() {
        assertThat(JsonDocuments.isValid("{}".getBytes(StandardCharsets.UTF_16BE)))
                .isFalse();
        assertThat(JsonDocuments.isValid("{}".getBytes(StandardCharsets.UTF_16LE)))
                .isFalse();
        assertThat(JsonDocuments.isValid("\"\u00fc\"".getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
        assertThat(JsonDocuments.isValid(new byte[] {'"', (byte) 0xC0, (byte) 0xAE, '"'}))
                .isFalse();
    }

    @Test
    void findsADuplicateAmongManyNames() {
        var members =
                IntStream.range(0, 100_000).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(","));

        assertThat(isValid("{" + members + "}")).isTrue();
        assertThat(isValid("{" + members + ",\"n54321\":0}")).isFalse();
    }

    @Test
    void limitsDepthAndNumbers() {
        assertThat(isValid("[".repeat(64) + "]".repeat(64))).isTrue();
        assertThat(isValid("[".repeat(65) + "]".repeat(65))).isFalse();
        assertThat(isValid("[".repeat(1_000_000))).isFalse();
        assertThat(isValid("1".repeat(1_000))).isTrue();
        assertThat(isValid("1".repeat(1_001))).isFalse();
        assertThat(isValid("\"" + "x".repeat(5_000_000) + "\"")).isTrue();
    }
}
