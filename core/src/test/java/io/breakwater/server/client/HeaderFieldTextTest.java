package io.breakwater.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFieldTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"find_order", "shop://hours?day=1", "two words", ""})
    void plainTextStaysAsItIs(String text) {
        assertThat(HeaderFieldText.encoded(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Köln", " blank before", "blank after ", "a\tb", "a\r\nb", "=?base64?eA==?="})
    void encodesCharactersThatHeaderFieldsCannotContain(String text) {
        assertThat(HeaderFieldText.encoded(text))
                .startsWith("=?base64?")
                .endsWith("?=")
                .isNotEqualTo(text);
    }

    @Test
    void theEncodingIsBase64OfUtf8() {
        assertThat(HeaderFieldText.encoded("Köln")).isEqualTo("=?base64?S8O2bG4=?=");
    }
}
