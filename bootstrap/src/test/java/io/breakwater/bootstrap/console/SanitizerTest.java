package io.breakwater.bootstrap.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SanitizerTest {

    @Test
    void keepsTextOnOneLine() {
        assertThat(Sanitizer.line("a\r\nb\tc")).isEqualTo("a\\r\\nb\\tc");
    }

    @Test
    void disarmsTerminalCommands() {
        assertThat(Sanitizer.line("\u001b[31mred\u009b1m\u0007")).isEqualTo("\\u001b[31mred\\u009b1m\\u0007");
        assertThat(Sanitizer.line("\u007f\u0000")).isEqualTo("\\u007f\\u0000");
    }

    @Test
    void disarmsWhatReordersAndBreaksLinesUnseen() {
        assertThat(Sanitizer.line("\u202eevil\u2066\u2028\u2029\u0085\u200b"))
                .isEqualTo("\\u202eevil\\u2066\\u2028\\u2029\\u0085\\u200b");
    }

    @Test
    void keepsPairsOfSurrogatesAndEscapesHalves() {
        assertThat(Sanitizer.line("ü € 😀")).isEqualTo("ü € 😀");
        assertThat(Sanitizer.line("\ud83d!\ude00")).isEqualTo("\\ud83d!\\ude00");
    }

    @Test
    void keepsLineBreaksWhereTheyAreWanted() {
        assertThat(Sanitizer.lines("a\n\tb\r\u001b")).isEqualTo("a\n\tb\\r\\u001b");
    }
}
