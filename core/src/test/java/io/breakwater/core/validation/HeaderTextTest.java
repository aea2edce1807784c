package io.breakwater.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eu-west-1",
                "a b\tc",
                "~!",
                "=?base64?",
                "?=",
                "=?base64?=",
                "=?BASE64?YQ==?=",
                "=?base64?YQ==",
                "x=?base64?YQ==?="
            })
    void takesPlainTextAsItIs(String field) {
        assertThat(HeaderText.decode(field)).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ß€😀", "two\nlines", "=?base64?YQ==?="})
    void decodesWhatIsEncoded(String text) {
        var field = "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";

        assertThat(HeaderText.decode(field)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?base64?YQ?=", // no padding
                "=?base64?YQ=?=", // half of it
                "=?base64?YQ===?=", // too much
                "=?base64?YR==?=", // bits behind the end
                "=?base64?Y Q==?=", // a blank
                "=?base64?_-8=?=", // another alphabet
                "=?base64?%%%%?=",
                "=?base64?/w==?=", // no UTF-8
                "=?base64?7aCA?=", // half a surrogate pair
                "=?base64?wIA=?=" // a longer form of NUL
            })
    void refusesWhatIsEncodedBadly(String field) {
        assertThat(HeaderText.decode(field)).isNull();
    }

    @Test
    void refusesPlainTextBeyondVisibleAscii() {
        for (var field : new String[] {"ß", "a\u0000", "a\u007f", "a\r\nb", "\u00a0", "😀"}) {
            assertThat(HeaderText.decode(field)).isNull();
        }
    }
}
