package io.breakwater.core.business.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFieldsTest {
    private static final List<String> ALLOWED = List.of("accept-language", "if-match");

    static Stream<String> hostileTexts() {
        return HostileTexts.all();
    }

    @Test
    void acceptsTheFieldsOfTheListInAnyCase() {
        assertThat(RequestFields.check(Map.of("Accept-LANGUAGE", " de ", "if-match", "\"v1\""), ALLOWED))
                .isEqualTo(Map.of("accept-language", "de", "if-match", "\"v1\""));
    }

    @Test
    void refusesOtherFieldsAndNamesThoseThatAreAccepted() {
        assertThatThrownBy(() -> RequestFields.check(Map.of("X-Debug", "1"), ALLOWED))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("\"x-debug\"")
                .hasMessageEndingWith("accept-language, if-match.");
        assertThatThrownBy(() -> RequestFields.check(Map.of("X-Debug", "1", "cookie", "a", "if-match", "b"), ALLOWED))
                .hasMessage(
                        "headers must not contain \"cookie\", \"x-debug\": this service accepts accept-language, if-match.");
        assertThatThrownBy(() -> RequestFields.check(Map.of("X-Debug", "1"), List.of()))
                .hasMessageEndingWith("no header fields of callers.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Proxy-Authorization",
                "Cookie",
                "X-Api-Key",
                "Host",
                "Content-Length",
                "Transfer-Encoding",
                "Connection",
                "Upgrade",
                "TE",
                "Expect",
                "Content-Type",
                "Accept-Encoding",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "Forwarded",
                "X-Original-URL",
                "X-HTTP-Method-Override",
                "traceparent",
                "baggage",
                "X-Request-Id",
                "Idempotency-Key",
                "Sec-Fetch-Site"
            })
    void refusesFieldsOfTheServerEvenIfTheListContainsThem(String name) {
        assertThatThrownBy(() -> RequestFields.check(Map.of(name, "1"), List.of(name.toLowerCase(Locale.ROOT))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("must not contain");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void noTextAddsAFieldOrEndsOne(String text) {
        assertThatThrownBy(() -> RequestFields.check(Map.of("if-match" + text + "x", "1"), ALLOWED))
                .isInstanceOf(RefusedException.class);
        try {
            var fields = RequestFields.check(Map.of("if-match", text), ALLOWED);
            assertThat(fields).isEqualTo(Map.of("if-match", text.strip()));
            assertThat(text).matches("[ -~]*");
        } catch (RefusedException refused) {
            assertThat(text).doesNotMatch("[ -~]*");
        }
    }

    @Test
    void refusesAFieldTwiceAndTooManyFields() {
        var twice = new LinkedHashMap<>(Map.of("If-Match", "a", "if-match", "b"));
        assertThatThrownBy(() -> RequestFields.check(twice, ALLOWED)).hasMessageContaining("twice");

        var many = new LinkedHashMap<String, String>();
        for (int i = 0; i < 33; i++) {
            many.put("f" + i, "");
        }
        assertThatThrownBy(() -> RequestFields.check(many, List.copyOf(many.keySet())))
                .hasMessageContaining("more than 32");
        assertThatThrownBy(() -> RequestFields.check(Map.of("if-match", "x".repeat(4_097)), ALLOWED))
                .hasMessageContaining("at most 4096");
    }
}
