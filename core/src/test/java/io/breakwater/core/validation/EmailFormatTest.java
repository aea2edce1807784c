package io.breakwater.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class EmailFormatTest {
    private static boolean accepts(String format, String text) {
        return ValueSchema.compile(Json.object().put("format", format).build())
                .check(JsonNodeFactory.instance.stringNode(text))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.c",
                "ann@localhost",
                "ann@example.com",
                "te~st@example.com",
                "t.e.s.t@a-b.example",
                "\"ann smith\"@example.com",
                "\"ann..smith\"@example.com",
                "\"ann@smith\"@example.com",
                "ann@[127.0.0.1]",
                "ann@[IPv6:::1]"
            })
    void takesMailboxes(String text) {
        assertThat(accepts("email", text)).isTrue();
        assertThat(accepts("idn-email", text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "@b.c",
                "a@",
                "a@b.",
                "a@.c",
                "a@b..c",
                ".a@b.c",
                "a.@b.c",
                "a..b@b.c",
                "a b@b.c",
                "a@b c",
                "a@-b.c",
                "a@b-.c",
                "a@b=c.d",
                "a@b@c.d",
                "a@b.c\n",
                "ann@[127.0.0.300]"
            })
    void takesNothingElse(String text) {
        assertThat(accepts("email", text)).isFalse();
        assertThat(accepts("idn-email", text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65})
    void boundsTheLocalPart(int length) {
        assertThat(accepts("email", "a".repeat(length) + "@b.c")).isEqualTo(length == 64);
    }
}
