package io.breakwater.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationMessageTest {

    private static String shown(Object value) {
        return ConfirmationMessage.of("Delete {}?", value).text();
    }

    @Test
    void showsValuesInTheSentence() {
        assertThat(ConfirmationMessage.of("Move {} ({} of {}, {}) to {}?", "a.txt", 1, 2L, true, null)
                        .text())
                .isEqualTo("Move \"a.txt\" (1 of 2, true) to (none)?");
        assertThat(ConfirmationMessage.of("Stop?").text()).isEqualTo("Stop?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\rb",
                "a\tb",
                "a\u0000b",
                "a\u001Bb",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "a\u202Eb",
                "a\u2066b",
                "a\u200Bb",
                "a\u200Fb",
                "a\uFEFFb",
                "a\u00ADb",
                "a\u061Cb",
                "a\u3164b",
                "a\u2800b",
                "a\uFE0Fb",
                "a\uE000b",
                "a\uD800b",
                "a\uDC00b"
            })
    void replacesCharactersThatBeginALineReorderTextOrHide(String value) {
        assertThat(shown(value)).isEqualTo("Delete \"a\uFFFDb\"?");
    }

    @Test
    void replacesCharactersOutsideTheBasicPlane() {
        assertThat(shown("a\uDB40\uDC41b")).isEqualTo("Delete \"a\uFFFDb\"?"); // a tag character
        assertThat(shown("a👩b")).isEqualTo("Delete \"a👩b\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB", "\uFF02"})
    void aValueCannotEndItsQuotes(String quote) {
        assertThat(shown("x" + quote + " or nothing? Agree")).isEqualTo("Delete \"x' or nothing? Agree\"?");
    }

    @Test
    void cutsLongValuesVisibly() {
        assertThat(shown("x".repeat(100))).isEqualTo("Delete \"" + "x".repeat(100) + "\"?");
        assertThat(shown("x".repeat(1_000_000)))
                .isEqualTo("Delete \"" + "x".repeat(100) + "\" (cut, 999900 more characters)?");
        assertThat(shown("👩".repeat(101))).isEqualTo("Delete \"" + "👩".repeat(100) + "\" (cut, 1 more characters)?");
    }

    @Test
    void isolatesTextThatRunsFromRightToLeft() {
        assertThat(shown("אבג")).isEqualTo("Delete \u2068\"אבג\"\u2069?");
    }

    @Test
    void showsTheFirstElementsOfACollectionAndTheNumberOfOthers() {
        assertThat(shown(List.of("a", "b\n"))).isEqualTo("Delete \"a\", \"b\uFFFD\"?");
        assertThat(shown(IntStream.rangeClosed(1, 12).boxed().toList()))
                .isEqualTo("Delete 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more?");
    }

    @Test
    void placeholdersInValuesMeanNothing() {
        assertThat(ConfirmationMessage.of("Move {} to {}?", "{}", "b").text()).isEqualTo("Move \"{}\" to \"b\"?");
    }

    @Test
    void needsOneValueForEachPlaceholder() {
        assertThatThrownBy(() -> ConfirmationMessage.of("Delete {}?"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one value for each {}");
        assertThatThrownBy(() -> ConfirmationMessage.of("Delete {}?", 1, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
